import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import type { Store } from '../platform/store/store.ts'

/** Fourteen tracks that mix: ten of techno, four of house, with other tempi, keys and energies. */
export const addSetTracks = (store: Store): void => {
  for (let index = 0; index < 14; index++)
    addFixtureTrack(store, {
      index,
      tags: { title: `T${index}`, artist: `Artist ${index % 7}`, genre: index < 10 ? 'Techno' : 'House' },
      bpm: 120 + (index % 5),
      facts: { key: 'A minor', camelot: `${(index % 12) + 1}A`, energy: 1 + (index % 10), loudnessLufs: -9 },
      kinds: ['intro', 'drop', 'outro'],
    })
}
