/** Steps of progress that anybody sees: so many messages and no more, however many things there are. */
const STEPS = 50

/** Tells every fiftieth of a total, and no other number. */
export const atSteps = (total: number, tell: (done: number) => void): ((done: number) => void) => {
  const step = Math.max(1, Math.ceil(total / STEPS))
  return (done) => {
    if (done % step === 0) tell(done)
  }
}
