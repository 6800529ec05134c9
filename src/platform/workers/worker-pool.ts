import { extname } from 'node:path'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import { UserError } from '../../core/support/user-error.ts'
import { crashOf } from './crash-of.ts'
import { createLossLimit } from './loss-limit.ts'
import { fromFailure, type Reply, type Request } from './protocol.ts'
import { LIMITS_MS } from './task-limits.ts'
import type { TaskInput, TaskName, TaskOutput, TaskProgress } from './tasks.ts'

const ENTRY = new URL(`./pool-entry${extname(import.meta.url)}`, import.meta.url)
/** Of the objects of a thread that are new. Tasks work on typed arrays, which lie elsewhere: more room only fills with garbage. */
const YOUNG_MEGABYTES = 6
/** A thread that does not end by then is left to the end of the process. */
const CLOSING_LIMIT_MS = 1000
/** A task that heeds its signal has this long to end and to stop its child processes; any other is terminated. */
const CANCEL_GRACE_MS = 250

/** A thread that nobody has needed for so long ends and frees its memory; the next task starts another, which takes a tenth of a second. */
const IDLE_MS = 60_000
/** The same while another thread is idle as well: one is enough for what a person asks now and then. */
const SPARE_MS = 3000

export type RunOptions<Name extends TaskName> = {
  readonly onProgress?: (progress: TaskProgress<Name>) => void
  /** A thread has taken the task. */
  readonly onStart?: () => void
  /** Aborting rejects with `signal.reason` once the task has ended or its thread was terminated. */
  readonly signal?: AbortSignal
  /** The waiting task with the highest priority starts first. @default 0 */
  readonly priority?: number
}

/** Runs tasks: a pool, or several of them. */
export type TaskRunner = Pick<WorkerPool, 'run' | 'size'>

export type WorkerPoolOptions = {
  readonly size: number
  readonly lowPriority?: boolean
  /** Limit for a thread's objects; Node's default where left out. */
  readonly heapMegabytes?: number
  /** After so long without a task a thread ends; null for never, where threads hold what must be kept. @default a minute */
  readonly idleMs?: number | null
  /** So long a task waits for a busy thread before another is started for it. @default it does not wait */
  readonly patienceMs?: number
  /** The same where another thread is idle as well. @default three seconds */
  readonly spareMs?: number
  /** Time that tasks may run once a thread has them. @default what a model may take */
  readonly limitsMs?: Readonly<Partial<Record<TaskName, number>>>
  /** @default one second */
  readonly closingLimitMs?: number
  /** What its threads run. */
  readonly entry?: URL
}

type RunRequest = Extract<Request, { readonly kind: 'run' }>

type Task = {
  readonly id: number
  readonly request: RunRequest
  readonly priority: number
  readonly onProgress: (progress: unknown) => void
  readonly onStart: (() => void) | undefined
  readonly resolve: (output: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Threads that each run one task of the registry at a time. A thread that dies fails only its own task. */
export class WorkerPool {
  readonly #size: number
  readonly #lowPriority: boolean
  readonly #resourceLimits: ResourceLimits
  readonly #limitsMs: Readonly<Partial<Record<TaskName, number>>>
  readonly #closingLimitMs: number
  /** What stops tasks that run too long. */
  readonly #timers = new Map<Task, NodeJS.Timeout>()
  readonly #queue: Task[] = []
  readonly #idle: Worker[] = []
  readonly #running = new Map<Worker, Task>()
  /** How often each thread has run each task: the more often, the more of the task's code is optimised. */
  readonly #practice = new Map<Worker, Map<TaskName, number>>()
  readonly #idleMs: number | null
  readonly #spareMs: number
  readonly #patienceMs: number
  #patience: NodeJS.Timeout | undefined
  /** Of the idle threads, what will end them. */
  readonly #endings = new Map<Worker, NodeJS.Timeout>()
  readonly #losses = createLossLimit()
  readonly #entry: URL
  #lastId = 0

  constructor({
    size,
    lowPriority = false,
    heapMegabytes,
    idleMs = IDLE_MS,
    spareMs = SPARE_MS,
    patienceMs = 0,
    limitsMs = LIMITS_MS,
    closingLimitMs = CLOSING_LIMIT_MS,
    entry = ENTRY,
  }: WorkerPoolOptions) {
    this.#entry = entry
    this.#idleMs = idleMs
    this.#spareMs = spareMs
    this.#patienceMs = patienceMs
    this.#limitsMs = limitsMs
    this.#closingLimitMs = closingLimitMs
    this.#size = Math.max(1, size)
    this.#lowPriority = lowPriority
    const old = heapMegabytes === undefined ? {} : { maxOldGenerationSizeMb: heapMegabytes }
    this.#resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES, ...old }
  }

  get size(): number {
    return this.#size
  }

  /** How many threads there are now. */
  get threads(): number {
    return this.#running.size + this.#idle.length
  }

  async run<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    { onProgress, onStart, signal, priority = 0 }: RunOptions<Name> = {},
  ): Promise<TaskOutput<Name>> {
    signal?.throwIfAborted()
    this.#losses.requireLasting()
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const request: RunRequest = { kind: 'run', id: ++this.#lastId, name, input }
    const report = (progress: unknown): void => onProgress?.(progress as never)
    const task: Task = { id: request.id, request, priority, resolve, reject, onProgress: report, onStart }
    const cancel = (): void => void this.#cancel(task, signal!.reason)
    signal?.addEventListener('abort', cancel, { once: true })
    this.#enqueue(task)
    this.#assign()
    try {
      return (await promise) as TaskOutput<Name>
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  /** Ends everything at once; running tasks are rejected. */
  async close(): Promise<void> {
    const closed = new UserError('CANCELLED', 'The worker threads were closed.')
    for (const task of this.#queue.splice(0)) task.reject(closed)
    const running = [...this.#running]
    for (const [, task] of running) task.reject(closed)
    this.#running.clear()
    clearTimeout(this.#patience)
    for (const ending of this.#endings.values()) clearTimeout(ending)
    for (const timer of this.#timers.values()) clearTimeout(timer)
    const ending = Promise.all([
      ...running.map(([worker]) => worker.terminate()),
      ...this.#idle.splice(0).map((worker) => worker.terminate()),
    ])
    const { promise: limit, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, this.#closingLimitMs)
    await Promise.race([ending, limit])
    clearTimeout(timer)
  }

  /** Puts the task behind those of the same priority. */
  #enqueue(task: Task): void {
    const before = this.#queue.findIndex(({ priority }) => priority < task.priority)
    this.#queue.splice(before < 0 ? this.#queue.length : before, 0, task)
  }

  #assign(): void {
    while (this.#queue.length > 0 && this.#running.size < this.#size) {
      if (this.#idle.length === 0 && this.#hasPatience()) return
      const task = this.#queue.shift()!
      const worker = this.#takeIdle(task.request.name) ?? this.#start()
      const practice = this.#practice.get(worker)
      practice?.set(task.request.name, (practice.get(task.request.name) ?? 0) + 1)
      this.#running.set(worker, task)
      worker.ref()
      task.onStart?.()
      worker.postMessage(task.request)
      this.#limit(task)
    }
  }

  #limit(task: Task): void {
    const limitMs = this.#limitsMs[task.request.name]
    if (limitMs === undefined) return
    const stop = (): void =>
      void this.#cancel(task, new UserError('MODEL_TIMEOUT', `No answer in ${limitMs / 1000} s.`))
    this.#timers.set(task, setTimeout(stop, limitMs).unref())
  }

  /** Whether what waits can wait a little longer for a thread that is there. */
  #hasPatience(): boolean {
    if (this.#patienceMs === 0 || this.#running.size === 0) return false
    this.#patience ??= setTimeout(() => this.#losePatience(), this.#patienceMs)
    return true
  }

  /** Starts one more thread for what still waits. */
  #losePatience(): void {
    this.#patience = undefined
    if (this.#queue.length > 0 && this.#running.size < this.#size) this.#rest(this.#start())
    this.#assign()
  }

  /** Takes the free thread that has run this task most often. */
  #takeIdle(name: TaskName): Worker | undefined {
    const practiceOf = (worker: Worker): number => this.#practice.get(worker)?.get(name) ?? 0
    const [best] = this.#idle.toSorted((a, b) => practiceOf(b) - practiceOf(a))
    if (best) this.#wake(best)
    return best
  }

  #rest(worker: Worker): void {
    worker.unref()
    this.#idle.push(worker)
    if (this.#idleMs === null) return
    const end = (): void => {
      this.#wake(worker)
      void worker.terminate()
    }
    const ms = this.#idle.length > 1 ? Math.min(this.#spareMs, this.#idleMs) : this.#idleMs
    this.#endings.set(worker, setTimeout(end, ms).unref())
  }

  #wake(worker: Worker): void {
    const idle = this.#idle.indexOf(worker)
    if (idle >= 0) this.#idle.splice(idle, 1)
    clearTimeout(this.#endings.get(worker))
    this.#endings.delete(worker)
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, {
      workerData: { lowPriority: this.#lowPriority },
      resourceLimits: this.#resourceLimits,
    })
    this.#practice.set(worker, new Map())
    worker.on('message', (reply: Reply) => this.#receive(worker, reply))
    worker.on('error', (error) => this.#lose(worker, crashOf(error, this.#running.get(worker)?.request)))
    worker.on('exit', (code) => this.#lose(worker, new Error(`A worker thread ended with code ${code}`)))
    return worker
  }

  #receive(worker: Worker, reply: Reply): void {
    const task = this.#running.get(worker)
    if (task?.id !== reply.id) return
    if (reply.kind === 'progress') {
      task.onProgress(reply.progress)
      return
    }
    this.#end(worker)
    this.#rest(worker)
    this.#losses.answered()
    if (reply.kind === 'done') task.resolve(reply.output)
    else task.reject(fromFailure(reply.failure))
    this.#assign()
  }

  #end(worker: Worker): void {
    const task = this.#running.get(worker)
    if (task !== undefined) {
      clearTimeout(this.#timers.get(task))
      this.#timers.delete(task)
    }
    this.#running.delete(worker)
  }

  #lose(worker: Worker, error: Error): void {
    this.#wake(worker)
    const task = this.#running.get(worker)
    if (task !== undefined) this.#losses.lost(error)
    task?.reject(error)
    this.#end(worker)
    this.#practice.delete(worker)
    this.#assign()
  }

  async #cancel(task: Task, reason: unknown): Promise<void> {
    const queued = this.#queue.indexOf(task)
    if (queued >= 0) {
      this.#queue.splice(queued, 1)
      return task.reject(reason)
    }
    const worker = [...this.#running].find(([, running]) => running === task)?.[0]
    if (worker === undefined) return
    worker.postMessage({ kind: 'cancel', id: task.id } satisfies Request)
    await new Promise((resolve) => setTimeout(resolve, CANCEL_GRACE_MS))
    if (this.#running.get(worker) === task) {
      this.#end(worker)
      await worker.terminate()
      this.#assign()
    }
    task.reject(reason)
  }
}
