import { expect, test } from 'vitest'
import { createEventLog } from '../kit/event-log.ts'
import { sessionActions } from './session-actions.ts'

const QUEUE = { leftJobs: () => [] }
const NEVER_MS = 2 ** 31 - 1

test('whoever asks for the front hears of the first page that came, by the name of that question alone', async () => {
  const events = createEventLog()
  const session = sessionActions(events, QUEUE, NEVER_MS)
  const asks: string[] = []
  events.subscribe(({ event }) => {
    if (event.type === 'front') asks.push(event.ask)
  })
  const [first, second] = [session.bringToFront(), session.bringToFront()]
  expect(new Set(asks).size).toBe(2)
  await session.cameToFront('another')
  await session.cameToFront(asks[1]!)
  expect(await second).toBe(true)
  await session.cameToFront(asks[0]!)
  await session.cameToFront(asks[0]!)
  expect(await first).toBe(true)
})

test('where no page answers nobody came', async () => {
  expect(await sessionActions(createEventLog(), QUEUE, 1).bringToFront()).toBe(false)
})

test('pages are told of a quit before the library closes', async () => {
  const events = createEventLog()
  const session = sessionActions(events, QUEUE)
  const seen: (readonly [string, boolean])[] = []
  events.subscribe(({ event }) => seen.push([event.type, session.quitting.aborted]))
  await session.quit()
  expect([seen, session.quitting.aborted, session.renewal.aborted]).toEqual([[['quit', false]], true, false])
})
