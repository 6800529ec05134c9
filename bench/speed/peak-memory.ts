import { readFileSync } from 'node:fs'

/** @returns the highest resident memory of a process since it was started, in KiB; null where the system does not tell, or it is gone */
export const peakResidentKib = (pid: number): number | null => {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? null : Number(kib)
  } catch {
    return null
  }
}
