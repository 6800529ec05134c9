/**
 * What the network of form says of tracks that are judged: of each by a network that learnt neither from it nor from anything of its makers. That is
 * the one that ships where it does not know them, or else one of the folds that the recipe made beside it; where all know them, none is asked.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { parseFormCard } from '../../src/core/sections/form-card.ts'
import { formInput } from '../../src/core/sections/form-input.ts'
import type { TrackForm } from '../../src/core/sections/track-form.ts'
import { identifyFile } from '../../src/platform/decoding/identity.ts'
import { type FormNetwork, openFormOf } from '../../src/platform/inference/open-form.ts'
import { SHIPPED_FORM } from '../../src/platform/inference/shipped-form.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'
import type { GriddedTrack } from './gridded-track.ts'

const FOLDS = new URL('../../recipes/form/folds/', import.meta.url).pathname
const foldsSchema = z.object({ networks: z.array(z.unknown()) })

export type Forms = {
  /** Null where every network knows the track or its makers. */
  readonly of: (track: Pick<GriddedTrack, 'track' | 'features' | 'grid'>) => Promise<TrackForm | null>
  /** How many tracks each network was asked about, in words. */
  readonly notes: () => readonly string[]
  readonly close: () => Promise<void>
}

/** Leaves every track to the trees. */
export const NO_FORMS: Forms = { of: async () => null, notes: () => [], close: async () => {} }

type Candidate = { readonly name: string; readonly folder: string; readonly json: unknown; readonly knows: Knows }
type Knows = {
  readonly ids: ReadonlySet<string>
  readonly makers: ReadonlySet<string>
  readonly digests: ReadonlySet<string>
}

const candidateOf = (json: unknown, name: string, folder: string): Candidate => {
  const card = parseFormCard(json)
  if (typeof card === 'string') throw new Error(`${folder}: ${name}: ${card}`)
  const { corpus_tracks: ids, makers, audio_digests: digests } = card.trained_on
  return { name, folder, json, knows: { ids: new Set(ids), makers: new Set(makers), digests: new Set(digests) } }
}

type Asked = Pick<CorpusTrack, 'id' | 'makers'> & { readonly audioDigest: string }

/** @returns the first that knows neither the track, nor its sound under another name, nor anything of its makers */
export const strangerTo = <Known extends { readonly knows: Knows }>(
  candidates: readonly Known[],
  { id, makers, audioDigest }: Asked,
): Known | undefined =>
  candidates.find(
    ({ knows }) =>
      !knows.ids.has(id) && !knows.digests.has(audioDigest) && !makers.some((maker) => knows.makers.has(maker)),
  )

/** @param folds folder of the networks of folds */
export const openForms = async (folds: string = FOLDS): Promise<Forms> => {
  const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))
  const { networks } = foldsSchema.parse(await read(join(folds, 'folds.json')))
  const candidates = [
    candidateOf(await read(join(SHIPPED_FORM, 'form.json')), 'the network that ships', SHIPPED_FORM),
    ...networks.map((json, n) => candidateOf(json, `the network without fold ${n + 1}`, folds)),
  ]
  const opened = new Map<Candidate, Promise<FormNetwork>>()
  const asked = new Map<string, Set<string>>()
  const found = new Map<string, Promise<TrackForm | null>>()
  const ask = async ({
    track,
    features,
    grid,
  }: Pick<GriddedTrack, 'track' | 'features' | 'grid'>): Promise<TrackForm | null> => {
    const { audioDigest } = await identifyFile(track.audioPath)
    const chosen = strangerTo(candidates, { ...track, audioDigest })
    const name = chosen?.name ?? 'no network, since all know them'
    asked.set(name, (asked.get(name) ?? new Set()).add(track.id))
    if (!chosen) return null
    const opening = opened.get(chosen) ?? openFormOf(chosen.json, chosen.folder)
    opened.set(chosen, opening)
    return (await opening).find(formInput(features, grid))
  }
  return {
    of: (track) => {
      // Grids come from the shipped model, so that a track has one form however often it is judged.
      const known = found.get(track.track.audioPath) ?? ask(track)
      found.set(track.track.audioPath, known)
      return known
    },
    notes: () =>
      [...asked].sort().map(([name, ids]) => `form of ${ids.size} ${ids.size === 1 ? 'track' : 'tracks'} by ${name}`),
    close: async () => {
      await Promise.all([...opened.values()].map(async (network) => (await network).close()))
    },
  }
}
