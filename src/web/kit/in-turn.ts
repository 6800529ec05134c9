/** Runs one thing after the other, so that each finds what the one before it left, whether that was done or not. */
export const makeTurns = (): (<Result>(run: () => Promise<Result>) => Promise<Result>) => {
  let turn: Promise<unknown> = Promise.resolve()
  return (run) => {
    const own = turn.then(run)
    turn = own.catch(() => {})
    return own
  }
}
