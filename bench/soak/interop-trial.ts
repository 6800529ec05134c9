/** Damaged libraries of other DJ programs, by the thousand, and very large ones: no reader may fail otherwise than by a coded error. */
import { GARBLED_READERS, readGarbled } from '../../src/core/interop/libraries/garbled-libraries.fixture.ts'
import { LARGE_READERS } from '../../src/core/interop/libraries/large-libraries.fixture.ts'
import { createRandom } from '../../src/core/support/random.ts'

export type InteropReport = {
  readonly variants: number
  readonly read: number
  readonly refused: number
  /** What was wrong with a library that was read, or thrown by a reader. */
  readonly problems: readonly string[]
  readonly slowestMs: number
  /** How much longer a library takes that is twice as large. */
  readonly growths: readonly { readonly name: string; readonly ratio: number; readonly milliseconds: number }[]
}

const processorMs = (run: () => void): number => {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const garbled = (variants: number, seed: number): Omit<InteropReport, 'growths'> => {
  const random = createRandom(seed)
  const names = Object.keys(GARBLED_READERS)
  const ends = { read: 0, refused: 0 }
  const problems: string[] = []
  let slowestMs = 0
  for (let variant = 0; variant < variants; variant += 1) {
    const name = names[variant % names.length]!
    try {
      slowestMs = Math.max(
        slowestMs,
        processorMs(() => {
          const { end, faults } = readGarbled(name, random)
          ends[end] += 1
          problems.push(...faults.map((fault) => `${name}: ${fault}`))
        }),
      )
    } catch (error) {
      problems.push(`${name}: ${(error as Error).stack}`)
    }
  }
  return { variants, ...ends, problems, slowestMs }
}

const REPEATS = 3
const quickest = (run: () => void): number => Math.min(...Array.from({ length: REPEATS }, () => processorMs(run)))

export const interopTrial = (variants: number, seed: number): InteropReport => ({
  ...garbled(variants, seed),
  growths: Object.entries(LARGE_READERS).map(([name, open]) => {
    const [half, whole] = [open(1), open(2)]
    const [short, milliseconds] = [quickest(half), quickest(whole)]
    return { name, ratio: milliseconds / Math.max(short, 1), milliseconds }
  }),
})
