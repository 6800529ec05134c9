import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { UNKNOWN_FOREIGN_TRACK } from '../../core/interop/libraries/foreign-library.ts'
import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { withSeratoFrames } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { identifyFile } from '../../platform/decoding/identity.ts'
import { readSeratoFrames } from '../../platform/decoding/tags.ts'
import type { DiskEffects } from '../../platform/store/disk-effects.ts'
import type { Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { exportToProgram } from './export-to-program.ts'
import { CUES_AND_GRIDS, exportGround } from './program-export.fixture.ts'
import type { ProgramExportOptions, ProgramExportReport } from './program-export.ts'

export const SOUND = new URL('../../platform/decoding/fixtures/', import.meta.url)

export type SeratoGround = {
  readonly folder: string
  readonly store: Store
  /** Makes a file of music. @returns its path for `addFixtureTrack` */
  readonly put: (name: string, extension: string) => string
  /** One that is an MP3, one in FLAC, and one in which Serato keeps nothing. */
  readonly addTracks: () => Promise<void>
  /** Into `out`, unless told otherwise. */
  readonly run: (
    change?: Partial<ProgramExportOptions>,
    job?: JobOptions,
    effects?: DiskEffects,
  ) => Promise<ProgramExportReport>
  readonly remove: () => void
}

export const seratoGround = (): SeratoGround => {
  const { folder, store, workspace, remove } = exportGround()
  mkdirSync(join(folder, 'music'))
  const put = (name: string, extension: string): string => {
    const path = join(folder, 'music', name)
    writeFileSync(path, readFileSync(new URL(`two-clicks.${extension}`, SOUND)))
    // Fixture tracks lie in a folder that is gone.
    return join('..', path)
  }
  const addTracks = async (): Promise<void> => {
    const kinds = ['intro', 'drop'] as const
    for (const [title, name] of [
      ['One', 'one.mp3'],
      ['Two', 'two.flac'],
      ['Three', 'three.opus'],
    ] as const) {
      const path = put(name, extname(name).slice(1))
      const { audioDigest } = await identifyFile(join(folder, 'music', name))
      addFixtureTrack(store, { index: title.length, kinds, tags: { title }, path, audioDigest })
    }
  }
  const run: SeratoGround['run'] = (change = {}, job = {}, effects = undefined) =>
    exportToProgram(
      workspace,
      {
        format: 'serato',
        output: join(folder, 'out'),
        ...CUES_AND_GRIDS,
        plan: { ...DEFAULT_CUE_PLAN, loop: { bars: 4, at: 'start' } },
        key: false,
        playlists: true,
        ...change,
      },
      job,
      effects,
    )
  return { folder, store, put, addTracks, run, remove }
}

/** What Serato shows in a file. */
export const namesIn = async (path: string): Promise<readonly (string | null)[]> => {
  const frames = await readSeratoFrames(path)
  return frames === null
    ? []
    : withSeratoFrames(UNKNOWN_FOREIGN_TRACK, frames, createWarningTally()).cues.map(({ name }) => name)
}
