/** One line of the bench's table, and how lines are measured and printed. */
import { formatTable } from '../../src/cli/table.ts'

export type BenchFigure = {
  readonly measure: string
  /** Null where it could not be measured; `note` says why. */
  readonly value: number | null
  readonly unit: 's' | 'ms' | 'kB' | 'MB' | 'times'
  /** At most this much; null for figures that only inform. */
  readonly target: number | null
  readonly note: string
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export type Cost = {
  readonly wallMilliseconds: number
  /** Of this process's threads, not of programs it started; far below the wall time, the machine was busy with other things. */
  readonly cpuMilliseconds: number
}

export const costOf = async (work: () => unknown): Promise<Cost> => {
  const cpuBefore = process.cpuUsage()
  const start = performance.now()
  await work()
  const wallMilliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(cpuBefore)
  return { wallMilliseconds, cpuMilliseconds: (user + system) / 1000 }
}

export const medianCost = (costs: readonly Cost[]): Cost => ({
  wallMilliseconds: median(costs.map(({ wallMilliseconds }) => wallMilliseconds)),
  cpuMilliseconds: median(costs.map(({ cpuMilliseconds }) => cpuMilliseconds)),
})

const digits = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))

const verdict = ({ value, target }: BenchFigure): string =>
  value === null ? 'not measured' : target === null ? '' : value <= target ? 'ok' : 'FALLS SHORT'

export const benchTable = (figures: readonly BenchFigure[]): readonly string[] =>
  formatTable(
    ['measure', 'value', 'unit', 'target', '', 'note'],
    figures.map((figure) => [
      figure.measure,
      figure.value === null ? null : digits(figure.value),
      figure.unit,
      figure.target === null ? '' : `≤ ${figure.target}`,
      verdict(figure),
      figure.note,
    ]),
  )
