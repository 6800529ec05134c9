import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { heardVoice, voiceBeats, voiceShare } from './heard-voice.ts'

const tag = (name: string, threshold: number | null) => ({
  name,
  group: 'music',
  experimental: threshold === null,
  threshold,
})
const card = { tags: [tag('vocal', 0.5), tag('guitar', 0.5), tag('singing', 0.2), tag('female vocal', null)] }
/** Two windows with a voice, then one tag of two, then none. */
const heard = {
  count: 4,
  seconds: 1,
  embeddings: new Float32Array(),
  tags: Float32Array.of(0.6, 0, 0.3, 0, 0.5, 1, 0.2, 0, 0, 1, 0.2, 1, 0, 1, 0.1, 1),
}

test('a voice is heard where at least half of the measured tags for it are', () => {
  const voice = heardVoice(heard, card)!
  expect([...voice.windows]).toEqual([1, 1, 1, 0])
  expect(voiceShare(voice)).toBe(0.75)
  expect(voiceShare(voice, [2, 4])).toBe(0.5)
  expect(voiceShare(heardVoice({ ...heard, count: 0 }, card)!)).toBe(0)
})

test('beats have it as the windows in which they lie', () => {
  expect(voiceBeats(heardVoice(heard, card)!, constantGrid(120, 8))).toEqual([1, 1, 1, 1, 1, 1, 0, 0])
})

test('a network without a measured tag for voices says nothing of them', () => {
  expect(heardVoice(heard, { tags: [tag('guitar', 0.5), tag('vocal', null)] })).toBeNull()
})
