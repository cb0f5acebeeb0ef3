const particles = new Set(
  'de du da di do dos des del della la le van von der den ten ter te el al bin bint st st. san santa mac mc o’ y e'.split(
    ' ',
  ),
);
const afterNames = /(?:,?\s+(?:jr\.?|sr\.?|ii|iii|iv|mp|mhr|mhk|kc|qc|am|ao|phd))+$/i;

/** The last word of a name with the particles before it; what a list states as the surname is better. */
export function surnameOf(name: string): string {
  const words = name
    .replace(afterNames, '')
    .split(' ')
    .filter((word) => word !== '');
  let from = words.length - 1;
  while (from > 1 && particles.has((words[from - 1] ?? '').toLowerCase())) from--;
  return words.slice(Math.max(0, from)).join(' ');
}
