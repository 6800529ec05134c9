/** The entry of a thread that ends at every task. */
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', () => process.exit(3))
