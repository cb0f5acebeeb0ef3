// Leave quickly, where scripts run: the link replaces this page in the history, and Shift pressed three times
// within two seconds does the same. Without this file the link works as a plain link.
(() => {
  const exit = document.querySelector('a.exit');
  if (!exit) return;
  const away = () => location.replace(exit.href);
  exit.addEventListener('click', (event) => {
    event.preventDefault();
    away();
  });
  let presses = [];
  document.addEventListener('keydown', (event) => {
    if (event.repeat) return;
    if (event.key !== 'Shift') {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = presses.filter((moment) => now - moment < 2000).concat(now);
    if (presses.length >= 3) away();
  });
})();
