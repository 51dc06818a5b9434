// What changed between two texts, line by line.

const MOST_LINES = 400;

/** Returns [{ line, change }] with change `same`, `added` or `removed`, in the order of the new text. */
export function diffLines(before, after) {
  const a = before.split('\n').slice(0, MOST_LINES);
  const b = after.split('\n').slice(0, MOST_LINES);
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i][j] = a[i].trim() === b[j].trim() ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const result = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i].trim() === b[j].trim()) {
      result.push({ line: b[j], change: 'same' });
      i++;
      j++;
    } else if (j < b.length && (i === a.length || common[i][j + 1] >= common[i + 1][j])) {
      result.push({ line: b[j++], change: 'added' });
    } else {
      result.push({ line: a[i++], change: 'removed' });
    }
  }
  return result;
}
