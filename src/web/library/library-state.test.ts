import { expect, test, vi } from 'vitest'

// The page keeps its view in the browser's store, which Node has only on request.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { viewOf } = await import('./library-state.ts')
const { USUAL_COLUMNS } = await import('./table-columns.ts')

test('columns, widths and rows come back as they were left', () => {
  const view = {
    sort: 'rating',
    order: 'desc',
    columns: ['title', 'rating', 'bpm'],
    widths: { title: 300 },
    density: 'compact',
  }
  expect(viewOf(view)).toEqual(view)
})

test('what an earlier version kept is understood', () => {
  expect(viewOf({ sort: 'bpm', order: 'desc', hidden: ['artist', 'energy'] })).toMatchObject({
    sort: 'bpm',
    order: 'desc',
    columns: USUAL_COLUMNS.filter((column) => column !== 'artist' && column !== 'energy'),
  })
})

test('what cannot be understood is the usual view, and a title is always there', () => {
  for (const stored of [null, 'x', { columns: ['taste'] }])
    expect(viewOf(stored)).toMatchObject({ sort: 'title', columns: USUAL_COLUMNS, density: 'roomy' })
  const kept = { sort: 'title', order: 'asc', columns: ['bpm', 'bpm'], widths: {}, density: 'roomy' }
  expect(viewOf(kept).columns).toEqual(['title', 'bpm'])
})
