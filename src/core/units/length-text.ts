/** How long music is in all: "42 min", "1,203 h 5 min". */
export const lengthText = (minutes: number): string => {
  const whole = Math.round(minutes)
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60).toLocaleString('en-GB')} h ${whole % 60} min`
}
