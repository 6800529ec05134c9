/** Looks through one library in a process of its own, so that its peak memory is its own: `node huge-library-child.ts FILE` prints how it ended. */
import { UserError } from '../../src/core/support/user-error.ts'
import { openTools } from '../../src/tools.ts'
import { peakResidentKib } from '../speed/peak-memory.ts'

export type HugeLibraryEnd = {
  readonly end: string
  /** Null where the system does not tell. */
  readonly peakMegabytes: number | null
  readonly cpuSeconds: number
}

const tools = await openTools()
const end = await tools
  .lookThrough({ path: process.argv[2]! }, {})
  .then(({ tracks, cues }) => `${tracks} tracks, ${cues} cues`)
  .catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error
    return `${error.code}, ${error.message}`
  })
await tools.close()
const { user, system } = process.cpuUsage()
const peakKib = peakResidentKib(process.pid)
const told: HugeLibraryEnd = {
  end,
  peakMegabytes: peakKib === null ? null : peakKib / 1024,
  cpuSeconds: (user + system) / 1e6,
}
process.stdout.write(JSON.stringify(told))
