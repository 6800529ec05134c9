/** Up to here the sum of two tracks stays as it is. */
const KNEE = 0.8

/** Bends what would go beyond full scale; the rest stays as it is. */
export const softLimit = (value: number): number => {
  const over = Math.abs(value) - KNEE
  return over <= 0 ? value : Math.sign(value) * (KNEE + (1 - KNEE) * Math.tanh(over / (1 - KNEE)))
}
