import { expect, test } from 'vitest'
import { startTurnMeter } from './turn-meter.ts'

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const workFor = (ms: number): void => {
  const begun = process.threadCpuUsage()
  for (;;) {
    const { user, system } = process.threadCpuUsage(begun)
    if (user + system >= ms * 1000) return
  }
}

test('the longest turn is what was done in it, and is told once', async () => {
  const meter = startTurnMeter()
  await nextTurn()
  workFor(300)
  await nextTurn()
  await nextTurn()
  workFor(10)
  await nextTurn()
  expect(meter.longestMs()).toBeGreaterThanOrEqual(300)
  workFor(20)
  await nextTurn()
  const after = meter.longestMs()
  expect(after).toBeGreaterThanOrEqual(20)
  expect(after).toBeLessThan(300)
  meter.stop()
})
