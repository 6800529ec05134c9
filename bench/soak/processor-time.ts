import { readdirSync, readFileSync } from 'node:fs'

/** `proc(5)` counts in these, on every Linux that Node runs on. */
export const TICKS_A_SECOND = 100

export type ProcessTicks = { readonly parent: number; readonly own: number; readonly ofEnded: number }

/** Processor time of a process, and of those that it started and that have ended; null where it has ended itself. */
export const processTicks = (pid: number): ProcessTicks | null => {
  try {
    // The name in brackets may hold brackets of its own.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
    return { parent: fields[1]!, own: fields[11]! + fields[12]!, ofEnded: fields[13]! + fields[14]! }
  } catch {
    // As above.
    return null
  }
}

export const runningProcesses = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

/** Processor time that a process and those that it started have taken, ended ones included; others on the machine do not lengthen it. */
export const processorMs = (pid: number): number => {
  const ticks = runningProcesses().map((other) => {
    const found = processTicks(other)
    if (found === null) return 0
    return other === pid ? found.own + found.ofEnded : found.parent === pid ? found.own : 0
  })
  return (ticks.reduce((sum, one) => sum + one, 0) * 1000) / TICKS_A_SECOND
}
