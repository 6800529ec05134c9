import { modelDetails } from '../../api/operations/models.ts'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import { prepareTrack } from '../../core/features/track-context.ts'
import { decodeSections } from '../../core/sections/decode-sections.ts'
import { explainSection } from '../../core/sections/explain-section.ts'
import { paintTrack } from '../../core/sections/painted-track.fixture.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { importBundle } from './import-bundle.fixture.ts'
import { exportBundle } from './model-bundles.ts'
import { deleteModel, showModel } from './model-operations.ts'
import { readModelVersion } from './section-model-file.ts'

const BEATS = 96
const features = paintTrack(
  'tried',
  [
    ['intro', 32],
    ['drop', 32],
    ['outro', 32],
  ],
  { seed: 1 },
).matrix
const grid = constantGrid(120, BEATS)

const requireFinite = (numbers: readonly number[], what: string): void => {
  const wrong = numbers.find((one) => !Number.isFinite(one))
  if (wrong !== undefined) throw new Error(`${what}: ${wrong}`)
}

/**
 * Takes a bundle in, has its model read a track and say why, shows it as the page does, gives it away, and deletes it.
 * @returns the code that it was refused with; null where everything answered
 * @throws Error for everything else
 */
export const tryBundle = (store: Store, bytes: Uint8Array): string | null => {
  let version: number
  try {
    version = importBundle(store, bytes).version
  } catch (error) {
    if (error instanceof UserError) return error.code
    throw error
  }
  const model = readModelVersion(store, version)
  const sections = decodeSections(model, prepareTrack(features, grid), grid)
  if (sections[0]?.startBeat !== 0 || sections.at(-1)?.endBeat !== BEATS) throw new Error('the track is not covered')
  requireFinite(
    sections.map(({ confidence }) => confidence),
    'confidence',
  )
  const { probabilities, evidence, bars } = explainSection(model, {
    features,
    grid,
    span: { startBeat: 16, endBeat: 40 },
  })
  requireFinite(probabilities, 'probabilities')
  requireFinite(
    [...evidence, ...bars.flatMap((bar) => bar.evidence)].map(({ weight }) => weight),
    'evidence',
  )
  modelDetails.parse(snakeCase(showModel(store, version)))
  exportBundle(store, version)
  deleteModel(store, version)
  return null
}
