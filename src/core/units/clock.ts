/** `3:07`, as players show where they are. */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** `3:07.4`, where tenths matter. */
export const preciseClock = (seconds: number): string => {
  // Rounded before it is cut into minutes: 59.97 s are a minute.
  const tenths = Math.round(seconds * 10)
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`
}
