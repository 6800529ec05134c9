import { SingleBar } from 'cli-progress'
import { printable } from './printable.ts'
import type { Terminal } from './terminal.ts'

type ProgressBar = {
  /** @param fraction measured, 0 to 1 */
  readonly update: (fraction: number, text: string) => void
  readonly stop: () => void
}

const SILENT: ProgressBar = { update: () => {}, stop: () => {} }

/** A bar on stderr while a person watches it, else nothing. */
const startProgressBar = (terminal: Terminal, title: string): ProgressBar => {
  if (!terminal.interactive) return SILENT
  const bar = new SingleBar({
    format: `${title} {bar} {percentage}% {text}`,
    stream: terminal.stderr as NodeJS.WriteStream,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is the command's own business.
    gracefulExit: false,
  })
  bar.start(1000, 0, { text: '' })
  return {
    update: (fraction, text) => bar.update(Math.floor(fraction * 1000), { text: printable(text).slice(-60) }),
    stop: () => bar.stop(),
  }
}

/** Runs `work` under a bar that is gone when it ends, however it ends. */
export const withProgressBar = async <Result>(
  terminal: Terminal,
  title: string,
  work: (update: ProgressBar['update']) => Promise<Result>,
): Promise<Result> => {
  const bar = startProgressBar(terminal, title)
  try {
    return await work(bar.update)
  } finally {
    bar.stop()
  }
}
