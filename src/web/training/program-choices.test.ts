import { expect, test } from 'vitest'
import { downloadQuery, exportBody, FIRST_CHOICES, targetOf } from './program-choices.ts'

test('a new file is saved from an address that has all choices', () => {
  const query = downloadQuery({ ...FIRST_CHOICES, kinds: ['drop', 'break'], loop: 'end-8', switches: ['grid'] })
  expect(query).toMatchObject({
    format: 'rekordbox-xml',
    kinds: 'drop,break',
    loop: 'end-8',
    grid: 'true',
    key: 'false',
  })
})

test('copies for Serato, and a copy of a file of the program, are written by the server', () => {
  expect(downloadQuery({ ...FIRST_CHOICES, format: 'serato' })).toBeNull()
  const merged = { ...FIRST_CHOICES, isMerged: true, into: ' /Users/me/rekordbox.xml ' }
  expect(downloadQuery(merged)).toBeNull()
  expect(exportBody({ ...merged, loop: 'start-16', leadIn: 32 }, true)).toMatchObject({
    into: '/Users/me/rekordbox.xml',
    output: '/Users/me/rekordbox with Algiers.xml',
    sections: { loop: { bars: 16, at: 'start' }, lead_in_bars: [32] },
    dry_run: true,
  })
})

test('playlists go into a new file, not into a copy of one', () => {
  const chosen = { ...FIRST_CHOICES, switches: ['playlists'] as const }
  expect(exportBody(chosen, false).playlists).toBe(true)
  expect(exportBody({ ...chosen, isMerged: true, into: '/a.xml' }, false).playlists).toBe(false)
})

test.each([
  ['', ''],
  ['C:\\Music\\collection.nml', 'C:\\Music\\collection with Algiers.nml'],
  ['/home/me.and.you/collection', '/home/me.and.you/collection with Algiers'],
])('beside %s lies %s', (into, target) => {
  expect(targetOf({ ...FIRST_CHOICES, isMerged: true, into })).toBe(target)
})
