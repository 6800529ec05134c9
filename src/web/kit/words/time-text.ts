/** 3:07, and 1:03:07 from an hour on: seconds are cut off as on a clock, so that a place reads the same everywhere. */
export const timeText = (seconds: number): string => {
  const whole = Math.floor(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(rest).padStart(2, '0')}`
  return hours > 0 ? `${hours}:${tail}` : tail
}

/** The time that is left, roughly: "12 s", "3 min", "1 h 20 min". */
export const remainingText = (seconds: number): string => {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
export const dateText = (timestamp: string): string => local.format(new Date(timestamp))

const localDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
export const dayText = (timestamp: string): string => localDay.format(new Date(timestamp))
