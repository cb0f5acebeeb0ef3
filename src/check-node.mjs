// Runs before anything native is loaded: on an older Node better-sqlite3 would end the process without a word.
// Plain JavaScript on purpose, so that the oldest Node can still read it.
const needed = [22, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `Node ${needed.join('.')} or newer is needed, this is ${process.versions.node}: run "npm ci" (without --ignore-scripts) and start with "npm start", which uses the Node 24 that the repository brings.\n`,
  );
  process.exit(2);
}
