/** A process that cannot end by itself: one of its threads waits for a pipe that nobody writes to. Arguments: the pipe, the limit. */
import { Worker } from 'node:worker_threads'
import { endWithin } from './end-within.ts'

const [pipe = '', limitMs = ''] = process.argv.slice(2)
process.on('SIGTERM', () => {
  endWithin(Number(limitMs))
  process.exit(130)
})
const code = `
const { parentPort, workerData } = require('node:worker_threads')
parentPort.postMessage('ready')
require('node:fs').openSync(workerData)`
new Worker(code, { eval: true, workerData: pipe }).on('message', (said: string) => process.stdout.write(`${said}\n`))
