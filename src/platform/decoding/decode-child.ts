import { spawn } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../../core/support/user-error.ts'
import { type ChildReply, type ChildRequest, decodeReply } from './child-protocol.ts'

const ENTRY = fileURLToPath(new URL(`./decode-entry${extname(import.meta.url)}`, import.meta.url))

/**
 * Runs the built-in decoders in a low-priority child process, so that a crash, a hang or a memory bomb harms only its own file.
 * @returns its reply, which is no failure
 * @throws UserError the child's error; DECODER_CRASHED when it ends without a reply
 */
export const decodeInOwnProcess = async (
  descriptor: number,
  request: ChildRequest,
  signal: AbortSignal,
): Promise<Exclude<ChildReply, { kind: 'failed' }>> => {
  const heapMiB = Math.ceil(request.maxMemoryBytes / 2 ** 20)
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMiB}`, ENTRY, JSON.stringify(request)], {
    // The child gets the file itself, not its path, where something else may lie by now.
    stdio: ['ignore', 'pipe', 'pipe', descriptor],
    windowsHide: true,
  })
  const kill = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill, { once: true })
  const chunks: Uint8Array[] = []
  let messages = ''
  child.stdout!.on('data', (chunk: Uint8Array) => void chunks.push(chunk))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    messages = (messages + text).slice(-2000)
  })
  try {
    const exit = await new Promise<string>((resolve, reject) =>
      child.on('error', reject).on('close', (code, died) => resolve(died ?? `exit ${code}`)),
    )
    signal.throwIfAborted()
    const reply = decodeReply(chunks)
    if (reply?.kind === 'failed') throw new UserError(reply.code, reply.detail)
    if (reply !== null) return reply
    const reason =
      messages
        .trim()
        .split('\n')
        .find((line) => /Error|FATAL/.test(line)) ?? exit
    if (/out of memory|Array buffer allocation/i.test(messages))
      throw new UserError('DECODER_OUT_OF_MEMORY', `${request.limits.path}: ${reason}`)
    throw new UserError('DECODER_CRASHED', `${request.limits.path}: the decoder ended (${reason})`)
  } finally {
    signal.removeEventListener('abort', kill)
    kill()
  }
}
