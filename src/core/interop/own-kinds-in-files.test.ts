import { expect, test } from 'vitest'
import { formatLabelDocument, parseLabelDocument } from './label-document.ts'
import { type ForeignLabel, UNKNOWN_TRACK } from './labelled-track.ts'

test.each(['jams', 'corpus', 'csv'] as const)('%s says what a kind of one’s own stands for', (format) => {
  const place = { startSeconds: 1, endSeconds: 9, startBeat: 2, endBeat: 18, source: null, createdAt: null }
  const labels: readonly ForeignLabel[] = [
    { ...place, name: 'second drop', ownName: 'second drop', kind: 'drop', isDoubtful: false },
    { ...place, name: 'outro', kind: 'outro', isDoubtful: false },
  ]
  const text = formatLabelDocument({ format, tracks: [{ ...UNKNOWN_TRACK, path: 'a.wav', labels }] })
  const [track] = parseLabelDocument(text).tracks
  expect(track!.labels.map(({ ownName = null, kind }) => [ownName, kind])).toEqual([
    ['second drop', 'drop'],
    [null, 'outro'],
  ])
})

test('what a file says that it stands for and is no kind is passed over', () => {
  const segment = { start: 0, end: 9, label: 'second drop', stands_for: 'polka' }
  const [track] = parseLabelDocument(JSON.stringify({ segments: [segment] })).tracks
  expect(track!.labels).toMatchObject([{ name: 'second drop', kind: null }])
})
