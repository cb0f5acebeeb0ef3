/** Prepares once what every test file shares. Kept empty of work that only one kind of test needs. */
export default function setup(): void {}
