import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventLog, type LoggedEvent } from './event-log.ts'

const labels = (trackId: number): { readonly type: 'labels'; readonly trackIds: readonly number[] } => ({
  type: 'labels',
  trackIds: [trackId],
})
const idsOf = (events: readonly LoggedEvent[]): readonly number[] => events.map(({ id }) => id)

test('subscribers get every event once, in order, until they end the subscription', () => {
  const log = createEventLog()
  const heard: LoggedEvent[] = []
  const end = log.subscribe((event) => heard.push(event))
  log.append(labels(1))
  log.append(labels(2))
  end()
  log.append(labels(3))
  expect(heard.map(({ event }) => event)).toEqual([labels(1), labels(2)])
  expect(heard[1]!.id).toBe(heard[0]!.id + 1)
  expect(log.lastId()).toBe(heard[1]!.id + 1)
})

test('whoever asks gets exactly what was missed, or is told that something is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(60), fc.nat(80), (capacity, count, seen) => {
      const log = createEventLog({ capacity, firstId: 100 })
      for (let index = 0; index < count; index++) log.append(labels(index))
      const { events, complete } = log.since(99 + seen)
      const missed = Array.from({ length: Math.max(0, count - seen) }, (_, index) => 100 + seen + index)
      expect(idsOf(events)).toEqual(missed.slice(-capacity))
      expect(complete).toBe(seen <= count && missed.length <= capacity)
    }),
  )
})

test('an id of an earlier life of the server is too old, one of a later clock too new', () => {
  const before = createEventLog()
  before.append(labels(1))
  const after = createEventLog({ firstId: before.lastId() + 1000 })
  after.append(labels(2))
  expect(after.since(before.lastId()).complete).toBe(false)
  expect(after.since(after.lastId() + 1).complete).toBe(false)
  expect(after.since(after.lastId())).toEqual({ events: [], complete: true })
})
