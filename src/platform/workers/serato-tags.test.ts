import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withSeratoTags } from './serato-tags.ts'

test('files whose tags cannot be read are told; those without any, empty ones, and kinds that Serato does not tag, are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-serato-tags-'))
  writeFileSync(
    join(folder, 'plain.mp3'),
    readFileSync(new URL('../decoding/fixtures/two-clicks.mp3', import.meta.url)),
  )
  writeFileSync(join(folder, 'empty.mp3'), '')
  writeFileSync(join(folder, 'damaged.flac'), 'no FLAC at all '.repeat(20))
  const untagged = ['a.caf', 'a.w64', 'a.tta', 'a.ac3', 'a.au', 'a.wma']
  for (const name of untagged) writeFileSync(join(folder, name), 'nothing that is read here '.repeat(20))
  const library = { program: 'Serato', version: null, tracks: [], playlists: [], warnings: [] }
  const place = {
    folder,
    names: ['plain.mp3', 'empty.mp3', 'damaged.flac', 'cover.jpg', ...untagged],
    ownPath: () => null,
  }
  const { tracks, warnings } = await withSeratoTags(library, place, {
    report: () => {},
    signal: new AbortController().signal,
  })
  rmSync(folder, { recursive: true })
  expect(tracks).toEqual([])
  expect(warnings).toEqual([
    {
      text: 'The tags of a file cannot be read: cues in them are left out.',
      place: join(folder, 'damaged.flac'),
      count: 1,
    },
  ])
})
