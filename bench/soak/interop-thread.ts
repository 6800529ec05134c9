/** Runs the trial in a thread whose memory is limited, which is told to it as data. */
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type InteropReport, interopTrial } from './interop-trial.ts'

type Order = { readonly variants: number; readonly seed: number }

/** @throws ERR_WORKER_OUT_OF_MEMORY where a reader needs more than the limit */
export const runInteropTrial = ({
  megabytes,
  ...order
}: Order & { readonly megabytes: number }): Promise<InteropReport> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    thread.on('message', resolve).on('error', reject)
  })

const order = workerData as Order | null
if (order !== null) parentPort?.postMessage(interopTrial(order.variants, order.seed))
