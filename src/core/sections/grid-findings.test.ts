import { describe, expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { gridFindings } from './grid-findings.ts'

/** 120 BPM, bars of 4 beats, phrases of 16 from beat 0. */
const grid = constantGrid(120, 400)
const labelsAt = (...edges: readonly number[]) =>
  edges.slice(1).map((endBeat, at) => ({ startBeat: edges[at]!, endBeat }))

describe('phrases', () => {
  test('sections that begin with them are no finding, one that does not changes nothing', () => {
    expect(gridFindings(grid, labelsAt(16, 48, 80, 112, 144))).toEqual([])
    expect(gridFindings(grid, labelsAt(16, 48, 80, 112, 152))).toEqual([])
  })

  test('where all sections begin two bars into them, the phrases may begin there', () => {
    expect(gridFindings(grid, labelsAt(24, 56, 88, 120))).toMatchObject([
      {
        code: 'PHRASE_OFF',
        edit: { kind: 'shift-phrase', bars: 2 },
        editText: 'Begin the phrases 2 bars later',
        beat: 24,
      },
    ])
    expect(gridFindings(grid, labelsAt(28, 60, 92, 124))[0]!.edit).toEqual({ kind: 'shift-phrase', bars: -1 })
  })

  test('where all begin one beat into the bars, the bars may begin there', () => {
    expect(gridFindings(grid, labelsAt(25, 57, 89, 121))).toMatchObject([
      { code: 'PHRASE_OFF', edit: { kind: 'shift', beats: 1 }, editText: 'Begin the bars 1 beat later' },
    ])
  })

  test('too few edges, and edges here and there, say nothing', () => {
    expect(gridFindings(grid, labelsAt(24, 56))).toEqual([])
    expect(gridFindings(grid, labelsAt(25, 54, 88, 124))).toEqual([])
  })
})

describe('doubts of the grid itself', () => {
  test('half a beat off, where the phase is doubtful', () => {
    const doubtful = {
      ...grid,
      phaseConfidence: 0.6,
      alternatives: [
        {
          doubt: 'phase' as const,
          edit: { kind: 'half-beat' as const, direction: 'later' as const },
          probability: 0.35,
        },
      ],
    }
    expect(gridFindings(doubtful, [])).toMatchObject([
      {
        code: 'GRID_DOUBT',
        message: 'The beats may lie half a beat off here.',
        edit: { kind: 'half-beat', direction: 'later' },
        editText: 'Move the beats half a beat later',
      },
    ])
    expect(gridFindings({ ...doubtful, phaseConfidence: 1 }, [])).toEqual([])
  })
})
