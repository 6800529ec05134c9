/** As the trim of a mixer is spoken of: "+1.5 dB", "−2 dB", "0 dB". */
export const trimText = (decibels: number): string => {
  const shown = Math.round(Math.abs(decibels) * 10) / 10
  return shown === 0 ? '0 dB' : `${decibels < 0 ? '−' : '+'}${shown} dB`
}
