const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
const STEP = 1000

/** E.g. `0 bytes`, `12.5 kB`, `340 MB`: three digits tell enough. */
export const bytesText = (bytes: number): string => {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / STEP ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`
}
