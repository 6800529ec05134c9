/**
 * How good and how quick the planning of sets is: generated pools, beside the exact optimum, greedy orders and a long search.
 * Every score is one that a pair is shown with: of the bars over which it is mixed.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { greedyOrder, nearestOrder } from '../../src/core/setlist/beam-order.ts'
import { ENERGY_ARCS } from '../../src/core/setlist/energy-arc.ts'
import { exactOrder } from '../../src/core/setlist/exact-order.ts'
import { type OrderProblem, type OrderScore, scoreOrders } from '../../src/core/setlist/order-problem.ts'
import { firstOrder, type PlannedSet, planSet, polishedOrder } from '../../src/core/setlist/plan-set.ts'
import { orderProblem } from '../../src/core/setlist/set-pool.fixture.ts'
import { transitionTable } from '../../src/core/setlist/transition-table.ts'
import { SoundTable } from '../../src/core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../src/core/similarity/sound-weights.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { poolEdges } from '../../src/platform/workers/plan-pool.ts'
import { type BenchFigure, type Cost, costOf, median, medianCost } from './figures.ts'
import { type JudgedPool, judgedPool } from './judged-pool.ts'

const SMALL_POOLS = 200
const ORDERED_POOLS = 10
const REPETITIONS = 5
const LIMITS = { mostRisePercent: 6, mostFallPercent: 6, leastBars: 1, mostVoices: null } as const
const [LARGE_LIBRARY, LARGE_POOL, PLACES] = [10_000, 2000, 60] as const

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

/** One row of transitions by their ends: a track against a whole library, with sounds of the size that networks give. */
const rowCost = async (pool: JudgedPool): Promise<Cost> => {
  const copies = LARGE_LIBRARY / LARGE_POOL
  const tracks = Array.from({ length: copies }, () => pool.tracks).flat()
  const sounds = new SoundTable(
    [...tracks.map(({ outSound }) => outSound), ...tracks.map(({ inSound }) => inSound)],
    SOUND_WEIGHTS,
  )
  const table = transitionTable(
    tracks,
    {
      from: (track) => sounds.distancesFrom(track).subarray(LARGE_LIBRARY),
      into: (track) => sounds.distancesFrom(LARGE_LIBRARY + track).subarray(0, LARGE_LIBRARY),
    },
    LIMITS,
  )
  const costs: Cost[] = []
  for (let track = 0; track < REPETITIONS; track++) costs.push(await costOf(() => table.from(track)))
  return medianCost(costs)
}

type PlanCost = { readonly first: Cost; readonly whole: Cost; readonly planned: PlannedSet }

/** What a thread does for a plan: pools come as bytes, and no transition of an answer is left that was not judged on its bars. */
const planCost = async ({ packed, tracks }: JudgedPool, seed: number): Promise<PlanCost> => {
  const meanMinutes = tracks.reduce((sum, { minutes }) => sum + minutes, 0) / tracks.length
  const wish = { minutes: PLACES * meanMinutes, arc: ENERGY_ARCS.peak, artistGap: 1, mustPlay: [], fixed: [], seed }
  const plan = (onFirst: () => void): PlannedSet => {
    const { settle, ...edges } = poolEdges({ pool: packed, limits: LIMITS, byHand: [] })
    return planSet(
      tracks,
      {
        ...edges,
        settle: (order) => {
          const isNew = settle(order)
          onFirst()
          return isNew
        },
      },
      wish,
    )
  }
  const isThere = new Error('The first order is there.')
  const first = await costOf(() => {
    try {
      plan(() => {
        throw isThere
      })
    } catch (error) {
      if (error !== isThere) throw error
    }
  })
  let planned: PlannedSet | null = null
  const whole = await costOf(() => (planned = plan(() => {})))
  return { first, whole, planned: planned! }
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
    const problem = orderProblem(judgedPool(12, seed), seed % 3 === 0 ? 8 : 12)
    const score = scoreOrders(problem)
    if (score.valueOf(search(problem, score)) < score.valueOf(exactOrder(problem, score)) - 1e-9) missed++
  }
  const greedy: number[] = []
  const nearest: number[] = []
  const random: number[] = []
  const ordered = Array.from({ length: ORDERED_POOLS }, (_, seed) => judgedPool(PLACES, 500 + seed))
  const problemOf = (pool: JudgedPool): OrderProblem => orderProblem(pool, PLACES, { artistDistance: 1 })
  for (const [seed, pool] of ordered.entries()) {
    const problem = problemOf(pool)
    const score = scoreOrders(problem)
    const reached = score.valueOf(search(problem, score))
    greedy.push(score.valueOf(greedyOrder(problem, score)) / reached)
    nearest.push(score.valueOf(nearestOrder(problem, score)) / reached)
    const order = shuffle([...pool.tracks.keys()], createRandom(seed))
    random.push(score.valueOf(Int32Array.from(order)) / reached)
  }
  const long = problemOf(ordered[0]!)
  const longScore = scoreOrders(long)
  const large = judgedPool(LARGE_POOL, 7)
  const plans: PlanCost[] = []
  for (let seed = 1; seed <= REPETITIONS; seed++) plans.push(await planCost(large, seed))
  const row = await rowCost(large)
  const [first, whole] = [medianCost(plans.map((plan) => plan.first)), medianCost(plans.map((plan) => plan.whole))]
  const ofLarge = plans.map(({ planned: { score, greedyScore } }) => (greedyScore ?? 0) / score)
  const cpu = ({ cpuMilliseconds }: Cost): string => `median of ${REPETITIONS}, CPU ${cpuMilliseconds.toFixed(0)} ms`
  return [
    figure('small pools where the search misses the optimum', missed / SMALL_POOLS, {
      unit: 'times',
      target: 0.05,
      note: `${SMALL_POOLS} pools of 12; such pools are solved exactly in any case`,
    }),
    figure('nearest neighbours ÷ planned order, 60 tracks', median(nearest), {
      unit: 'times',
      target: 1 / 1.1,
      note: `the next track by its transition alone, as a set says it; median of ${ORDERED_POOLS} pools, all tracks played`,
    }),
    figure('greedy order ÷ planned order, 60 tracks', median(greedy), {
      unit: 'times',
      target: null,
      note: 'the next track by its transition and the arc; the same pools',
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
    figure('whole plan of 60 out of 2,000', whole.wallMilliseconds, { unit: 'ms', target: 2000, note: cpu(whole) }),
    figure('nearest neighbours ÷ planned set, 60 out of 2,000', median(ofLarge), {
      unit: 'times',
      target: 1 / 1.1,
      note: `as a set says it; median of ${REPETITIONS} seeds`,
    }),
    figure('transitions of one track against 10,000', row.wallMilliseconds, {
      unit: 'ms',
      target: 100,
      note: cpu(row),
    }),
    await renderingFigure(),
  ]
}
