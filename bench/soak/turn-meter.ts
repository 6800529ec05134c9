/** Watches how long this thread works without a break. */
export type TurnMeter = {
  /** The longest turn since the last call, in ms of processor time: what else the machine does is not in it. */
  readonly longestMs: () => number
  readonly stop: () => void
}

/** A turn is everything between two times that waiting requests are looked at. */
export const startTurnMeter = (): TurnMeter => {
  let longest = 0
  let before = process.threadCpuUsage()
  let isWatching = true
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.threadCpuUsage()
    if (isWatching) setImmediate(look)
  }
  look()
  return {
    longestMs: () => {
      const ms = longest
      longest = 0
      return ms
    },
    stop: () => {
      isWatching = false
    },
  }
}
