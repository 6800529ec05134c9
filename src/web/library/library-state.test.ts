import { expect, test, vi } from 'vitest'

// The page keeps its view in the browser's store, which Node has only on request.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { NO_FILTERS, searchOf } = await import('./library-state.ts')

const ask = (filters: object): object =>
  searchOf({ sort: 'bpm', order: 'desc', filters: { ...NO_FILTERS, ...filters } })

test('without filters only the order is asked for', () => {
  expect(ask({})).toEqual({ sort: 'bpm', order: 'desc' })
})

test('a tempo is a range around it, in percent', () => {
  expect(ask({ bpm: '125', bpmPercent: 4 })).toEqual({ sort: 'bpm', order: 'desc', bpm_min: 120, bpm_max: 130 })
  expect(ask({ bpm: '127,5', bpmPercent: 0 })).toMatchObject({ bpm_min: 127.5, bpm_max: 127.5 })
})

test('what is half typed or no such value is not asked for', () => {
  expect(ask({ bpm: 'fast', compatibleWith: '13A', energyMin: 'x', text: '  ' })).toEqual({
    sort: 'bpm',
    order: 'desc',
  })
})

test('keys, energy, labels and review are asked for as the address writes them', () => {
  expect(ask({ compatibleWith: '8a', energyMin: '3', energyMax: '7', labelled: 'no', needsReview: true })).toEqual({
    sort: 'bpm',
    order: 'desc',
    compatible_with: '8A',
    energy_min: 3,
    energy_max: 7,
    has_labels: 'false',
    needs_review: 'true',
  })
})
