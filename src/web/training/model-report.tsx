import type { ReactElement } from 'react'
import { SECTION_COLOURS } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { dateText } from '../kit/words/time-text.ts'
import { type ModelCard, type ModelDetails, useModel } from '../queries/use-training.ts'
import { CalibrationPlot } from './calibration-plot.tsx'
import { ConfusionMatrix } from './confusion-matrix.tsx'
import { LearningChart } from './learning-chart.tsx'
import { LossChart } from './loss-chart.tsx'
import styles from './model-report.module.css'
import { KnownToShipped, OwnFigures } from './own-figures.tsx'
import { OwnKindsReport } from './own-kinds-report.tsx'
import { SelfAgreementNote } from './self-agreement-note.tsx'
import { Verdicts } from './verdicts.tsx'

type Scoreboard = ModelCard['scoreboard']
type Line = Scoreboard['model']

const ScoreLine = ({ line, isOurs = false }: { readonly line: Line; readonly isOurs?: boolean }): ReactElement => (
  <tr data-ours={isOurs || undefined}>
    <th scope="row">{line.name}</th>
    <td>{percentText(line.accuracy)}</td>
    <td className="quiet">
      {percentText(line.accuracy_band.low)} – {percentText(line.accuracy_band.high)}
    </td>
    <td>{percentText(line.macro_f1)}</td>
    <td className="quiet">
      {percentText(line.macro_f1_band.low)} – {percentText(line.macro_f1_band.high)}
    </td>
    <td>{line.samples}</td>
  </tr>
)

const Scores = ({ board }: { readonly board: Scoreboard }): ReactElement => (
  <>
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">on tracks it never saw</th>
          <th scope="col">accuracy</th>
          <th scope="col">90 % band</th>
          <th scope="col">macro F1</th>
          <th scope="col">90 % band</th>
          <th scope="col">labels</th>
        </tr>
      </thead>
      <tbody className="figures">
        <ScoreLine line={board.model} isOurs />
        {board.baselines.map((line) => (
          <ScoreLine key={line.name} line={line} />
        ))}
        {board.previous && <ScoreLine line={board.previous.line} />}
        {board.previous && board.previous.line.samples !== board.model.samples && (
          <ScoreLine line={{ ...board.previous.model_on_same, name: `${board.model.name}, same labels` }} isOurs />
        )}
      </tbody>
    </table>
    {board.previous_reason && <p className="quiet">{board.previous_reason}</p>}
  </>
)

const Classes = ({ board }: { readonly board: Scoreboard }): ReactElement => (
  <table className={styles.table}>
    <thead>
      <tr>
        <th scope="col">kind</th>
        <th scope="col">F1</th>
        <th scope="col">precision</th>
        <th scope="col">recall</th>
        <th scope="col">labels</th>
      </tr>
    </thead>
    <tbody className="figures">
      {board.kinds.map((kind, at) => {
        const { f1, precision, recall, support } = board.scores.classes[at]!
        return (
          <tr key={kind}>
            <th scope="row">
              <KindChip kind={kind} />
            </th>
            <td className={styles.bar}>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={f1 * 100} height="8" fill={SECTION_COLOURS[kind]} />
              </svg>
              {percentText(f1)}
            </td>
            <td>{percentText(precision)}</td>
            <td>{percentText(recall)}</td>
            <td>{support}</td>
          </tr>
        )
      })}
    </tbody>
  </table>
)

const Blended = ({ card }: { readonly card: ModelCard }): ReactElement | null =>
  card.blend && (
    <p>
      A blend of v{card.blend.own} and v{card.blend.other}
      {card.blend.other_name && ` (${card.blend.other_name})`}, which has {percentText(card.blend.share, 0)} of the say.
      The figures are those of tracks that had no part in choosing this.
    </p>
  )

const Lineage = ({ card, gone }: { readonly card: ModelCard; readonly gone: number }): ReactElement => (
  <p className="quiet">
    Made {dateText(card.created_at)} from {countText(card.scoreboard.scores.samples, 'label')} of{' '}
    {countText(card.scoreboard.tracks)} in {card.training_seconds.toFixed(1)} s
    {card.blend === null && `: ${countText(card.epochs, 'epoch')}, seed ${card.seed}`}, Algiers {card.code_version}
    {card.lineage.base !== null && ', started from the shipped model'}
    {card.excluded.length > 0 && `, without ${card.excluded.join(', ')}`}
    {card.blend === null && card.previous_version !== null && `, after v${card.previous_version}`}
    {card.imported && `. Imported ${dateText(card.imported.at)}; there it was v${card.imported.version}`}
    {card.labels_without_audio > 0 && `. ${card.labels_without_audio} labels could not be used: their audio is gone`}
    {gone > 0 && `. ${gone} of these tracks ${gone === 1 ? 'is' : 'are'} no longer in your library`}.
  </p>
)

/** What was measured when it was made; an imported version brings the figures of its maker. */
const Measured = ({ model, card }: { readonly model: ModelDetails; readonly card: ModelCard }): ReactElement => {
  const advice = card.scoreboard.advice.filter(({ code }) => code !== 'BETTER_MODEL')
  return (
    <>
      {model.origin === 'imported' && <h3>What its maker measured</h3>}
      <Blended card={card} />
      {advice.length > 0 && (
        <ul className={styles.advice}>
          {advice.map(({ code, text }) => (
            <li key={code + text}>{text}</li>
          ))}
        </ul>
      )}
      <Scores board={card.scoreboard} />
      <SelfAgreementNote />
      {card.scoreboard.known_to_base.length > 0 && <KnownToShipped count={card.scoreboard.known_to_base.length} />}
      <div className={styles.columns}>
        <section>
          <h3>Per kind</h3>
          <Classes board={card.scoreboard} />
        </section>
        <section>
          <h3>What was taken for what</h3>
          <ConfusionMatrix card={card} />
        </section>
        <section>
          <h3>Does its confidence hold?</h3>
          <CalibrationPlot card={card} />
        </section>
        <section>
          <h3>What would more labels bring?</h3>
          {card.learning_curve ? (
            <LearningChart curve={card.learning_curve} />
          ) : (
            <p className="quiet">
              Not measured for this version. You can ask for it under “More” before a training, once 8 tracks are
              labelled.
            </p>
          )}
        </section>
        {card.own_kinds.length > 0 && <OwnKindsReport card={card} />}
        {card.losses.length > 1 && (
          <section>
            <h3>Loss per epoch</h3>
            <LossChart losses={card.losses} />
          </section>
        )}
      </div>
      <Lineage card={card} gone={model.tracks_gone} />
    </>
  )
}

/** How good a version is, and where it errs: every figure comes from tracks (and artists) that the judged model had not seen. */
export const ModelReport = ({
  version,
  onClose,
}: {
  readonly version: number
  readonly onClose: () => void
}): ReactElement => {
  const { data: model, error } = useModel(version)
  return (
    <Panel
      title={`Report of v${version}`}
      aside={
        <Button look="bare" onClick={onClose}>
          Close
        </Button>
      }
    >
      {error && <ProblemNote error={error} />}
      {model && (
        <div className={styles.report}>
          <Verdicts model={model} />
          {(model.origin === 'imported' || model.origin === 'shipped') && <OwnFigures version={version} />}
          {model.shipped && (
            <p className="quiet">
              Made from {model.shipped.open_tracks} openly licensed and {model.shipped.generated_tracks} generated
              tracks. Its makers measured {percentText(model.accuracy)} of sections named right on open music of all
              kinds, each track judged by a model that had not learnt from it.
            </p>
          )}
          {model.card && <Measured model={model} card={model.card} />}
        </div>
      )}
    </Panel>
  )
}
