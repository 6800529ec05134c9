import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/** Processor time that a process and those that it started have taken, ended ones included; others on the machine do not lengthen it. */
export const processorMs = (pid: number): number => {
  const ticks = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number)
      const [own, ofEnded] = [fields[11]! + fields[12]!, fields[13]! + fields[14]!]
      return Number(name) === pid ? [own + ofEnded] : fields[1] === pid ? [own] : []
    } catch {
      // It has ended.
      return []
    }
  })
  return (ticks.reduce((sum, one) => sum + one, 0) * 1000) / TICKS_A_SECOND
}
