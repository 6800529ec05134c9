/**
 * @file The child process of the built-in decoders: it reads one file, writes one reply to stdout and ends. It may be
 * killed at any time.
 */
import { read } from 'node:fs'
import { setPriority } from 'node:os'
import { promisify } from 'node:util'
import { UserError } from '../../core/support/user-error.ts'
import { createAnalysisSink } from './analysis-sink.ts'
import { CHILD_DESCRIPTOR, type ChildReply, type ChildRequest, encodeReply } from './child-protocol.ts'
import { decodeInChild } from './decode-wasm.ts'
import { pcmFileOpener } from './pcm-file-sink.ts'
import type { Bytes } from './read-bytes.ts'
import { closingSinks } from './sound-sink.ts'

const NICENESS = 10

setPriority(NICENESS)
const request = JSON.parse(process.argv[2]!) as ChildRequest
const readFile = promisify(read)
const bytes: Bytes = { read: (into, ...place) => readFile(CHILD_DESCRIPTOR, into, ...place) }
const decode = async (): Promise<ChildReply> =>
  request.into === null
    ? { kind: 'done', audio: await decodeInChild(bytes, request, createAnalysisSink) }
    : {
        kind: 'written',
        sound: await closingSinks(pcmFileOpener(request.into), (open) => decodeInChild(bytes, request, open)),
      }
const reply = await decode().catch((error: unknown) => {
  if (error instanceof UserError) return { kind: 'failed', code: error.code, detail: error.message } as const
  throw error
})
for (const part of encodeReply(reply)) process.stdout.write(part)
