import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checksum, readMigrations } from '../../src/db/migrate.js';
import { fromRoot } from '../../src/root.js';
import { temporaryFolder } from '../support/temporary.js';

/**
 * What was released. A migration that has its line here was applied somewhere and never changes: to correct it, add
 * another. A new one gets a line of its own, which this test shows when it fails.
 */
const released: readonly (readonly [name: string, checksum: string])[] = [
  ['20261123181252_first', '612c7071fe57436c1d29eeb589d8e80d6440cb859c8e30885ed0ba174439bc9a'],
  ['20261123184044_due_work_and_deliveries', '243219660146c982c5a1b02d2abc6e0df77890e52cf7ab9e1eca9278c1376ead'],
  ['20261123185531_checkins_that_arrive', 'eabac6d3de8fe6dad89c7494e22d0e3b42421ca49a11b2150a3397df0387a031'],
  ['20261125141040_sessions', '35136a848013a9d02edcd1966008dcf66da8981b3f6a6d7a0a51dc9c3ddb4623'],
  ['20261125142634_sessions_rsvp', '22bf40b43d64adbb2fd21e49ad99da118b748d0f3fa293e1bf9d434b9652d81a'],
  ['20261125144224_private_threads', '33e0b620dda77a04d641a5012b7d5d34b84284d1046cfa63ea8cf3fbe2661395'],
  ['20261125151444_meetings_elsewhere', '54d01c317e3a267a5e366f0c819dc11f3ee88946ee6153714762008cb68657b3'],
  ['20261125154304_live_sessions', 'cfbb4cbed247020a36233bc18a10c60733cdb4bddec240f517e169cc79861094'],
  ['20261125162553_uptime_by_platform', 'abd933b3cda92829e145dedb4919dd92718d50a0b2258eab81df087044a1eea7'],
  ['20261125164012_session_naming', 'ac34124b2e199628b32578ad04749867ba99b7d3b311690c14c034475f34fe45'],
  ['20261125184500_session_feeds', '0f0b9429ce6369ea50d1f649d0570167b1ccf395bc25556c8797857da6330b7b'],
  ['20261125184501_session_events', '4303c1926ca77127f189555e28fa429d5ef1253f82de611b5cbdfb12767666a1'],
  ['20261125193000_work_by_its_id', 'b9bf329b5dbc80efe168504131af49c32d0eef7f937f9b5fc60b9542fadefbfc'],
  ['20261125194500_attendance_slips', '07f9a5e4b92cef4a4df57868bee0db6d73541106ce165db097ba6b4c3a59b530'],
  ['20261126193955_relays', '8505c89a781437774fdc7a7b6ae3c4be37a6ca79beda86a29dbd5ddd402e5517'],
  ['20261126194638_goals', '2ac70c824e9e906723a2050a38a60943004230f8b6ace098e28136112ff5acad'],
  ['20261126201157_quiet_rooms', '32ae17174254cca81de02c75625af3ecc443340e60af18c0541fc957e2e37047'],
  ['20261126202200_pairing_foundation', 'c388e6b1fb88020d6d5045d6ecbd4f0f915c7edc79991bbe9105f23b34230422'],
  ['20261126202201_mentor_care', '94cd491c42d3f09a584afb3e45ad9a0671ed807e918ee219c54f83b984d21d8b'],
  ['20261126202202_mentor_search', '6f245e80b934c0995be00bea0bf8c2c6229198766f90f568f2e443972df99355'],
  ['20261126202300_someone_now', 'c0ac3fc15dcc0be3656ca4e5309793c92209a579681b8d52ca707d326b0a67a3'],
  ['20261126203000_pairing_words', '253b001f536ff720c12dfce8d9b14807c6fff0a24d004fbea05efa50a9d10b72'],
  ['20261126204000_shares_and_rhythm', '95de1ff1abcf602baf1a7482c182077405f946f79c0b5df61e42ec08af678bc5'],
  ['20261126204039_who_coordinates', '4ebb668db1d2b103a00cf42253133ba2bc24c648d7e2392bc813338ead3b16e0'],
  ['20261126205500_pairing_proposals', 'c233d823e881952e2e6260740639278e2bf2c4b01b86b1dc90364ff2b3cf73c8'],
  ['20261126210704_resources', 'd3a59848b3e9d5744526f83deadc7a330058395600d26da2cd6171fc76cdc70e'],
  ['20261126212300_spaces_linked', '933e656a7511e40ac7494e874687d1de81d1f57ddccb843d95907c50e3fe0e2c'],
  ['20261127002840_care_for_resources', 'eb7dc5ac3c6c1b71588a846288b924d8a60c467051b165203868b6dac5cf80b3'],
  ['20261127004500_audit_chain', '56806c4e85328e3bef456532b4d47878b50d44ec574ec2397f781ef29480f8b1'],
  ['20261127004655_words_find_numbers', '42b292fc88862a4671cea45e550a3e013626ca1c2bc5291e7053131fafeee064'],
  ['20261127005500_keys_and_retention', '6e9d1720b3d5f7fb924923d6ea2db88ef27f624b2a455325dc6e075fc26e5c61'],
  ['20261127010600_saved_resources', '14b0f60829518505cd704d7608bed4ddf96c7cb8bf034d9522d04dc12d98067e'],
  ['20261127021300_erase', '2944e894967674c2809d7dd30eb312689812c88e4bbaf775cd0a9896e8f85fcd'],
  ['20261127022200_who_is_still_there', '7bfdfafaeb9d2435f2635e6f649ea44a685aca0e53000e02d2b6a0c359604b74'],
  ['20261127050507_limits_and_restrictions', '24703ee27e29b27b09c10560e3f622878f3af5460510aef8320d86b517918633'],
  ['20261127054800_towns_of_services', '7e4c37a99fdcf7fd61c9203bd78fe035f49636b6ef87cb560ea2c516cef0340c'],
  ['20261127064201_export_links', '85bdd938cc674339a8f703e2e735acbd1deb3fd90fd14cebd8eb9ca1b08f7a8e'],
  ['20261127070000_local_crisis_lines', 'a2ba0b31e9be21066e9b1f525ba73fb3d1430f5f8189af09be5569417fdcb92b'],
  ['20261127134500_taken_out_on_the_way', '01fb9ff9bbd059f5ba2e552457025f463d1df6c0bc0c1f58704b6f1dc42d929c'],
  ['20261127174600_asked_once', '3fd10cb81314c276f24661526254145c8c3197b2e9263c37fe3cea8c255715f2'],
  ['20261127175000_direct_taken_back', 'ed656a9ebb3f2f0550f83d9c46feabe5f829b66616171ba583fc34cf2ddbb544'],
];

const folder = temporaryFolder();

/** What Prisma says is missing between the migrations and the schema; empty when nothing is. */
function drift(migrations: string, schema: string): string {
  const args = ['migrate', 'diff', '--from-migrations', migrations, '--to-schema', schema, '--exit-code', '--script'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fromRoot('node_modules', 'prisma', 'build', 'index.js'), ...args],
    {
      cwd: fromRoot(),
      env: { ...process.env, CHECKPOINT_DISABLE: '1', NODE_OPTIONS: '' },
      encoding: 'utf8',
    },
  );
  if (status === 0) return '';
  if (status === 2) return stdout;
  throw new Error(`prisma migrate diff failed (${status}): ${stdout}${stderr}`);
}

test('the migrations lead to the schema', () => {
  expect(drift(fromRoot('prisma', 'migrations'), fromRoot('prisma', 'schema.prisma'))).toBe('');
}, 60_000);

test('and it would be noticed if they did not', () => {
  const schema = path.join(folder, 'schema.prisma');
  const text = readFileSync(fromRoot('prisma', 'schema.prisma'), 'utf8');
  writeFileSync(schema, text.replace('model Setting {', 'model Setting {\n  forgotten String?\n'));
  const migrations = path.join(folder, 'migrations');
  cpSync(fromRoot('prisma', 'migrations'), migrations, { recursive: true });
  expect(drift(migrations, schema)).toContain('ADD COLUMN     "forgotten" TEXT');
}, 60_000);

test('no released migration was edited, taken away or left out', async () => {
  const migrations = await readMigrations();
  expect(migrations.map(({ name, sql }) => [name, checksum(sql.replaceAll('\r\n', '\n'))])).toEqual(released);
});
