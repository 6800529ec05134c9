import { SingleBar } from 'cli-progress'
import { printable } from './printable.ts'
import type { Terminal } from './terminal.ts'

type ProgressBar = {
  /** @param fraction work done, 0 to 1 */
  readonly update: (fraction: number, text: string) => void
  readonly stop: () => void
}

const SILENT: ProgressBar = { update: () => {}, stop: () => {} }

/** A bar on stderr where a person watches it; nothing elsewhere. */
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
    // Each command handles Ctrl-C itself.
    gracefulExit: false,
  })
  bar.start(1000, 0, { text: '' })
  return {
    update: (fraction, text) => bar.update(Math.floor(fraction * 1000), { text: printable(text).slice(-60) }),
    stop: () => bar.stop(),
  }
}

/** Takes the bar away while somebody is talked to. */
type Aside = <Result>(talk: () => Promise<Result>) => Promise<Result>

/** Shows a bar while `work` runs and removes it however that ends. */
export const withProgressBar = async <Result>(
  terminal: Terminal,
  title: string,
  work: (update: ProgressBar['update'], aside: Aside) => Promise<Result>,
): Promise<Result> => {
  let bar = startProgressBar(terminal, title)
  const aside: Aside = async (talk) => {
    bar.stop()
    try {
      return await talk()
    } finally {
      bar = startProgressBar(terminal, title)
    }
  }
  try {
    return await work((fraction, text) => bar.update(fraction, text), aside)
  } finally {
    bar.stop()
  }
}
