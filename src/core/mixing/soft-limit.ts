/** Up to here the sum of two tracks stays as it is. */
const KNEE = 0.8

/** −1 dB of full scale: between two samples a sound rises a little above both, and must not clip in a player either. */
const CEILING = 10 ** (-1 / 20)

/** Bends what would go beyond the ceiling; the rest stays as it is. */
export const softLimit = (value: number): number => {
  const over = Math.abs(value) - KNEE
  return over <= 0 ? value : Math.sign(value) * (KNEE + (CEILING - KNEE) * Math.tanh(over / (CEILING - KNEE)))
}
