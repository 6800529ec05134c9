import { expect, test } from 'vitest'
import type { CorpusTrack } from '../corpus/corpus.ts'
import { artistGroups, groupNames } from './track-groups.ts'

const track = (id: string, makers: readonly string[]): CorpusTrack => ({ id, makers }) as unknown as CorpusTrack

test('tracks that share a maker, also through a third one, are one group', () => {
  const tracks = [
    track('1', ['artist ann']),
    track('2', ['artist bob']),
    track('3', []),
    track('4', ['package x']),
    track('5', ['artist ann', 'artist bob']),
    track('6', ['package x']),
  ]
  const same = (names: readonly string[]): string =>
    names.map((name) => String.fromCharCode(97 + names.indexOf(name))).join('')
  expect(same(groupNames(tracks))).toBe('aacdad')
  expect(same(artistGroups(tracks))).toBe('aacdaf')
})
