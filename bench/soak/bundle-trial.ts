import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../src/core/support/random.ts'
import { NO_EARS } from '../../src/engine/kit/ears.ts'
import { addLabelledTracks } from '../../src/engine/kit/library.fixture.ts'
import { exportBundle } from '../../src/engine/versions/model-bundles.ts'
import { mutateBundle } from '../../src/engine/versions/mutated-bundle.fixture.ts'
import { trainModel } from '../../src/engine/versions/train-model.ts'
import { tryBundle } from '../../src/engine/versions/try-bundle.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'

export type BundleReport = {
  readonly bundles: number
  /** How often each code refused one, and how many were taken and answered. */
  readonly codes: Readonly<Record<string, number>>
  /** What neither was refused with a code nor answered. */
  readonly problems: readonly string[]
  /** Of processor time, which others on the machine do not lengthen. */
  readonly slowestMs: number
}

/** Model bundles that somebody changed, with checksums that fit, are taken in one after the other. */
export const bundleTrial = async (bundles: number, seed = 1): Promise<BundleReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-bundles-'))
  const store = openStore(folder)
  const pool = new WorkerPool({ size: 1 })
  try {
    addLabelledTracks(store)
    await trainModel({ store, pool, ears: NO_EARS, emit: () => {} }, { epochs: 8 })
    const { bytes: good } = exportBundle(store, 1)
    const random = createRandom(seed)
    const codes: Record<string, number> = {}
    const problems: string[] = []
    let slowestMs = 0
    for (let bundle = 0; bundle < bundles; bundle++) {
      const { what, bytes } = mutateBundle(good, random)
      const begun = process.cpuUsage()
      try {
        const code = tryBundle(store, bytes) ?? 'taken'
        codes[code] = (codes[code] ?? 0) + 1
      } catch (error) {
        problems.push(`bundle ${bundle}, ${what}: ${error instanceof Error ? error.stack : error}`)
      }
      const { user, system } = process.cpuUsage(begun)
      slowestMs = Math.max(slowestMs, (user + system) / 1000)
    }
    if ('polluted' in {}) problems.push('a bundle changed the prototype of all objects')
    return { bundles, codes, problems, slowestMs }
  } finally {
    await pool.close()
    store.close()
    rmSync(folder, { recursive: true })
  }
}
