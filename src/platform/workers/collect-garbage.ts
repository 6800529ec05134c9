import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | null = null

/**
 * Collects the garbage of this thread now. Samples that threads share are freed once no thread has a handle to them, and
 * a handle weighs too little for the engine to look for it: without this, a scan holds the sound of hundreds of tracks.
 */
export const collectGarbage = (): void => {
  if (collect === null) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
