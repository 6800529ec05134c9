/** "1 track", "12 tracks". */
export const countText = (count: number, one = 'track', many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
