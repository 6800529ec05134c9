/** How good and how quick the planning of sets is: generated pools, beside the exact optimum, the greedy order and a long search. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { greedyOrder } from '../../src/core/setlist/beam-order.ts'
import { exactOrder } from '../../src/core/setlist/exact-order.ts'
import { MIX_STYLES, type MixStyle } from '../../src/core/setlist/mix-styles.ts'
import { type OrderProblem, type OrderScore, scoreOrders } from '../../src/core/setlist/order-problem.ts'
import { firstOrder, polishedOrder } from '../../src/core/setlist/plan-set.ts'
import { generatedPool, orderProblem } from '../../src/core/setlist/set-pool.fixture.ts'
import { type MixEnds, transitionTable } from '../../src/core/setlist/transition-table.ts'
import { type Sound, SoundTable } from '../../src/core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../src/core/similarity/sound-weights.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { type BenchFigure, type Cost, costOf, median, medianCost } from './figures.ts'

const SMALL_POOLS = 200
const ORDERED_POOLS = 10
const REPETITIONS = 5

const search = (problem: OrderProblem, score: OrderScore, seed = 1): Int32Array =>
  polishedOrder(problem, score, { order: firstOrder(problem, score), seed })

/** Simulated annealing by swaps, moves and reversals, cooling evenly in the logarithm. @param minutes of processor time, so that a busy machine anneals as long as a quiet one */
const anneal = (problem: OrderProblem, score: OrderScore, minutes: number): number => {
  const random = createRandom(9)
  let order = Int32Array.from(
    shuffle(
      Array.from({ length: problem.places }, (_, at) => at),
      random,
    ),
  )
  let value = score.valueOf(order)
  let best = value
  const [start, length] = [process.cpuUsage(), minutes * 60_000_000]
  const spent = (): number => {
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  for (let share = 0; share < 1; share = spent() / length)
    for (let step = 0; step < 1000; step++) {
      const temperature = 0.02 * 0.001 ** share
      const [one, other] = [random(), random()].map((draw) => Math.floor(draw * problem.places)).sort((a, b) => a - b)
      const trial = order.slice()
      const part = trial.subarray(one!, other! + 1)
      const kind = random()
      if (kind < 0.4) part.reverse()
      else if (kind < 0.7) part.set([...part.slice(1), part[0]!])
      else [part[0], part[part.length - 1]] = [part[part.length - 1]!, part[0]!]
      const reached = score.valueOf(trial)
      if (reached < value && random() > Math.exp((reached - value) / temperature)) continue
      order = trial
      value = reached
      best = Math.max(best, value)
    }
  return best
}

const LARGE_LIBRARY = 10_000
const EMBEDDED = 512

/** One row of transitions: a track against a whole library, with sounds of the size that networks give. */
const rowCost = async (): Promise<Cost> => {
  const random = createRandom(3)
  const sound = (): Sound => ({ features: null, embedding: Float32Array.from({ length: EMBEDDED }, random) })
  const sounds = new SoundTable(Array.from({ length: 2 * LARGE_LIBRARY }, sound), SOUND_WEIGHTS)
  const end = (): MixEnds[MixStyle] => ({
    bars: 16,
    tempoBpm: 120 + 10 * random(),
    camelot: `${1 + Math.floor(random() * 12)}A`,
    tuningCents: 0,
    energy: random(),
    voice: random(),
    bass: random(),
  })
  const ends = (): MixEnds => Object.fromEntries(MIX_STYLES.map((style) => [style, end()])) as MixEnds
  const tracks = Array.from({ length: LARGE_LIBRARY }, () => ({ out: ends(), into: ends() }))
  const table = transitionTable(
    tracks,
    {
      from: (track) => sounds.distancesFrom(track).subarray(LARGE_LIBRARY),
      into: (track) => sounds.distancesFrom(LARGE_LIBRARY + track).subarray(0, LARGE_LIBRARY),
    },
    { mostRisePercent: 6, mostFallPercent: 6, leastBars: 1 },
  )
  const costs: Cost[] = []
  for (let track = 0; track < REPETITIONS; track++) costs.push(await costOf(() => table.from(track)))
  return medianCost(costs)
}

const figure = (
  measure: string,
  value: number,
  { unit, target, note }: Pick<BenchFigure, 'unit' | 'target' | 'note'>,
): BenchFigure => ({ measure, value, unit, target, note })

/** What rendering holds must not grow with the length of a set. */
const [RENDERED_MINUTES, RENDERING_LIMIT_MEGABYTES] = [180, 300] as const

const renderingFigure = async (): Promise<BenchFigure> => {
  const child = join(import.meta.dirname, 'render-child.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [child, String(RENDERED_MINUTES)])
  return {
    measure: 'memory while a set of three hours is rendered',
    value: stdout === 'null' ? null : Number(stdout) / 1024,
    unit: 'MB',
    target: RENDERING_LIMIT_MEGABYTES,
    note: 'the most that its process held, in stereo at 44.1 kHz; Linux tells',
  }
}

/** @param annealMinutes of the long search */
export const benchSets = async (annealMinutes: number): Promise<readonly BenchFigure[]> => {
  let missed = 0
  for (let seed = 0; seed < SMALL_POOLS; seed++) {
    const problem = orderProblem(generatedPool(12, seed), seed % 3 === 0 ? 8 : 12)
    const score = scoreOrders(problem)
    if (score.valueOf(search(problem, score)) < score.valueOf(exactOrder(problem, score)) - 1e-9) missed++
  }
  const greedy: number[] = []
  const random: number[] = []
  for (let seed = 0; seed < ORDERED_POOLS; seed++) {
    const problem = orderProblem(generatedPool(60, 500 + seed), 60, { artistDistance: 1 })
    const score = scoreOrders(problem)
    const reached = score.valueOf(search(problem, score))
    greedy.push(score.valueOf(greedyOrder(problem, score)) / reached)
    const order = shuffle(
      Array.from({ length: 60 }, (_, at) => at),
      createRandom(seed),
    )
    random.push(score.valueOf(Int32Array.from(order)) / reached)
  }
  const long = orderProblem(generatedPool(60, 500), 60, { artistDistance: 1 })
  const longScore = scoreOrders(long)
  const large = generatedPool(2000, 7)
  const firsts: Cost[] = []
  const polished: Cost[] = []
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const problem = orderProblem(large, 60)
    const score = scoreOrders(problem)
    let order = new Int32Array()
    firsts.push(await costOf(() => (order = new Int32Array(firstOrder(problem, score)))))
    polished.push(await costOf(() => polishedOrder(problem, score, { order, seed: 1 })))
  }
  const row = await rowCost()
  const [first, polish] = [medianCost(firsts), medianCost(polished)]
  const cpu = ({ cpuMilliseconds }: Cost): string => `median of ${REPETITIONS}, CPU ${cpuMilliseconds.toFixed(0)} ms`
  return [
    figure('small pools where the search misses the optimum', missed / SMALL_POOLS, {
      unit: 'times',
      target: 0.05,
      note: `${SMALL_POOLS} pools of 12; such pools are solved exactly in any case`,
    }),
    figure('greedy order ÷ planned order, 60 tracks', median(greedy), {
      unit: 'times',
      target: 1 / 1.1,
      note: `median of ${ORDERED_POOLS} pools, all tracks played`,
    }),
    figure('random order ÷ planned order', median(random), { unit: 'times', target: null, note: '' }),
    figure(
      `annealing of ${annealMinutes} min ÷ planned order`,
      anneal(long, longScore, annealMinutes) / longScore.valueOf(search(long, longScore)),
      {
        unit: 'times',
        target: 1 / 0.97,
        note: 'one of these pools',
      },
    ),
    figure('first order of 60 out of 2,000', first.wallMilliseconds, { unit: 'ms', target: 300, note: cpu(first) }),
    figure('transitions of one track against 10,000', row.wallMilliseconds, {
      unit: 'ms',
      target: 100,
      note: cpu(row),
    }),
    figure('polished', polish.wallMilliseconds, { unit: 'ms', target: 2000, note: cpu(polish) }),
    await renderingFigure(),
  ]
}
