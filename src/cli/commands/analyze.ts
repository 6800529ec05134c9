import type { Command } from 'commander'
import type { Metre } from '../../core/labels/bar-text.ts'
import type { SectionModel } from '../../core/models/section-model.ts'
import type { FileOutcome } from '../../engine/analysis/analyse-files.ts'
import type { Tools } from '../../tools.ts'
import { type AnalysisDocument, analysisDocument } from '../analysis-document.ts'
import type { Cli } from '../cli.ts'
import { failureLines } from '../failure-lines.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { sectionLines, WITHOUT_FORM } from '../section-lines.ts'

type Options = { readonly model?: string }
type AnalysedFile = Exclude<FileOutcome, { error: unknown }>

/** Reading the active version alone opens the library. */
const readModel = async (cli: Cli, tools: Tools, source: string | undefined): Promise<SectionModel | null> => {
  if (source === undefined) return null
  return source === 'active' ? cli.withApp((app) => app.versions.readActive()) : tools.readModel(source)
}

const documentOf = ({ file, analysis, sections }: AnalysedFile): AnalysisDocument =>
  analysisDocument({ file, ...analysis, sections })

const describe = (document: AnalysisDocument, metre: Metre): readonly string[] => [
  printable(document.file),
  `  ${document.tempo_bpm.toFixed(2)} BPM${document.constant_tempo ? '' : ' (varies)'} · key ${document.key ?? 'not found'} ${
    document.camelot ?? ''
  } · energy ${document.energy ?? '–'} · ${document.loudness_lufs?.toFixed(1) ?? '–'} LUFS`,
  ...(document.sections === null ? [] : sectionLines(document.sections, metre).map((line) => `  ${line}`)),
]

export const analyze = (cli: Cli): Command =>
  cli
    .command({
      name: 'analyze',
      description:
        'Analyse files without a library. With --json: an array with one entry per file, in the order given.',
      examples: ['algiers analyze track.flac --json', 'algiers analyze *.mp3 --json --model active'],
    })
    .argument('<file...>', 'audio files')
    .option(
      '--model <path>',
      'also find the sections, with this model file, "active" (the active version of your library) or "base" (the shipped model)',
    )
    .action(
      cli.run(async (terminal, options: Options, files: readonly string[]) =>
        cli.withTools(async (tools) => {
          const model = await readModel(cli, tools, options.model)
          const outcomes = await withProgressBar(terminal, 'Analysis', (update) =>
            tools.files.analyse(files, {
              model,
              signal: terminal.signal,
              onProgress: (done, file) => update(done / files.length, file),
            }),
          )
          const documents = outcomes.map((outcome) => ('error' in outcome ? outcome : documentOf(outcome)))
          const failures = outcomes.filter((outcome) => 'error' in outcome)
          terminal.result(documents, () =>
            outcomes.flatMap((outcome) =>
              'error' in outcome ? [] : describe(documentOf(outcome), outcome.analysis.grid),
            ),
          )
          for (const line of failureLines(failures)) terminal.note(line)
          if (outcomes.some((outcome) => 'analysis' in outcome && outcome.withoutForm)) terminal.note(WITHOUT_FORM)
          return failures.length > 0 ? 3 : 0
        }),
      ),
    )
