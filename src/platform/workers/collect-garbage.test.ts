import { expect, test } from 'vitest'
import { giveWay } from '../../core/support/give-way.ts'
import { collectGarbage } from './collect-garbage.ts'

test('shared samples that nobody holds any more are freed, and those that somebody holds are not', async () => {
  const held = new SharedArrayBuffer(2 ** 20)
  const [holding, lost] = [new WeakRef(held), new WeakRef(new SharedArrayBuffer(2 ** 20))]
  await giveWay()
  collectGarbage()
  await giveWay()
  expect(lost.deref()).toBeUndefined()
  expect(holding.deref()).toBe(held)
})
