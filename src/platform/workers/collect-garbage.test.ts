import { expect, test } from 'vitest'
import { collectGarbage } from './collect-garbage.ts'

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('shared samples that nobody holds any more are freed, and those that somebody holds are not', async () => {
  const held = new SharedArrayBuffer(2 ** 20)
  const [holding, lost] = [new WeakRef(held), new WeakRef(new SharedArrayBuffer(2 ** 20))]
  await endOfTurn()
  collectGarbage()
  await endOfTurn()
  expect(lost.deref()).toBeUndefined()
  expect(holding.deref()).toBe(held)
})
