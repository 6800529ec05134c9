import { describe, expect, it } from 'vitest'
import { placeOf } from './feature-matrix.ts'
import { columnNamed, columnsWithRole, FEATURE_COLUMNS, FEATURE_SPEC, featureSpecString } from './feature-spec.ts'
import { ONSET_GROUP_NAMES } from './onset-strength-bands.ts'
import { BAND_NAMES } from './track-frames.ts'

describe('featureSpecString', () => {
  it('is canonical: the order of keys does not matter, a round trip through JSON neither', () => {
    const { version, frames, ...others } = FEATURE_SPEC
    const turned = { ...others, frames: Object.fromEntries(Object.entries(frames).reverse()), version }
    expect(featureSpecString(turned)).toBe(featureSpecString())
    expect(featureSpecString(JSON.parse(JSON.stringify(FEATURE_SPEC)))).toBe(featureSpecString())
  })

  it.each(['frames', 'pitches', 'glides', 'onsets', 'tuning'] as const)('changes with each number in %s', (group) => {
    for (const [name, value] of Object.entries(FEATURE_SPEC[group])) {
      const changed = Array.isArray(value) ? value.map((edge: number) => edge + 1) : Number(value) + 1
      const spec = { ...FEATURE_SPEC, [group]: { ...FEATURE_SPEC[group], [name]: changed } }
      expect(featureSpecString(spec), name).not.toBe(featureSpecString())
    }
  })

  it('changes with each parameter of each extractor', () => {
    const strings = FEATURE_SPEC.extractors.flatMap((parameters, index) =>
      Object.entries(parameters).map(([name, value]) => {
        const changed = Array.isArray(value) ? value.map((part: number) => part + 1) : Number(value) + 1
        const extractors = FEATURE_SPEC.extractors.with(index, { ...parameters, [name]: changed })
        return featureSpecString({ ...FEATURE_SPEC, extractors })
      }),
    )
    expect(strings.length).toBeGreaterThan(10)
    expect(new Set([...strings, featureSpecString()]).size).toBe(strings.length + 1)
  })

  it('changes with the version, and with a column added, removed, renamed or moved', () => {
    const { columns } = FEATURE_SPEC
    const variants = [
      [...columns, 'another'],
      columns.slice(1),
      columns.map((name, index) => (index === 3 ? 'renamed' : name)),
      [columns[1]!, columns[0]!, ...columns.slice(2)],
    ]
    const strings = variants.map((changed) => featureSpecString({ ...FEATURE_SPEC, columns: changed }))
    strings.push(featureSpecString({ ...FEATURE_SPEC, version: FEATURE_SPEC.version + 1 }), featureSpecString())
    expect(new Set(strings).size).toBe(strings.length)
  })

  it('names the sample rate the features are made for', () => {
    expect(featureSpecString()).toContain('"sampleRateHz":22050')
  })
})

describe('columns', () => {
  it('of a role come in the order of the matrix, those asked for first before them', () => {
    const names = columnsWithRole('presence').map(({ name }) => name)
    expect(names).toEqual(FEATURE_SPEC.columns.filter((name) => names.includes(name)))
    for (const layer of ['rms', 'level bass', 'struck level low', 'onset mean kick']) expect(names).toContain(layer)
    const hats = columnNamed('density hat', 'This test')
    const clarity = columnNamed('chroma clarity', 'This test')
    const turned = columnsWithRole('presence', [hats, clarity]).map(({ name }) => name)
    expect(turned).toEqual(['density hat', ...names.filter((name) => name !== 'density hat')])
  })

  it('every role has some, none has a role twice', () => {
    for (const role of ['presence', 'compared', 'sound', 'voice', 'style', 'beat', 'vector', 'change'] as const)
      expect(columnsWithRole(role), role).not.toEqual([])
    for (const { name, roles } of FEATURE_COLUMNS) expect(new Set(roles).size, name).toBe(roles.length)
  })

  it('tell sections apart by every level, onset strength and density', () => {
    const names = columnsWithRole('change').map(({ name }) => name)
    for (const band of BAND_NAMES) expect(names).toContain(`level ${band}`)
    for (const group of ONSET_GROUP_NAMES)
      expect(names).toEqual(expect.arrayContaining([`onset mean ${group}`, `density ${group}`]))
  })

  it('that are missing are named, with who asked', () => {
    expect(() => columnNamed('level bas', 'A row')).toThrow('A row asks for the column "level bas"')
    expect(() => placeOf({ columns: ['rms'] }, 'crest', 'Energy')).toThrow('Energy asks for the column "crest"')
  })
})
