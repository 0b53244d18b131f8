import { newCode, writeCode } from '../../src/core/code.js';
import { ensureSlipKey } from '../../src/core/slips/keys.js';
import { digestOf, signSlip } from '../../src/core/slips/token.js';
import { lookupOf, sealToken } from '../../src/core/slips/vault.js';
import { tenantDb } from '../../src/db/tenant.js';
import { makeServer } from '../../src/http/server.js';
import { CHECKS_A_MINUTE } from '../../src/http/verify.js';
import { slipSite } from '../../src/slip-site.js';
import { silentLog } from '../support/log.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

const log = silentLog();
let world: TestWorld;
beforeAll(async () => {
  world = await makeTestWorld();
});
afterAll(() => world.close());

test('a slip is checked without a script; unknown and foreign ones get one answer; too many checks wait', async () => {
  const server = makeServer({ host: '127.0.0.1', port: 0, log });
  server.route('/verify', slipSite({ world: world.world, log }));
  const { url } = await server.start();
  try {
    const [home, other] = [
      await world.database.prisma.community.create({ data: {} }),
      await world.database.prisma.community.create({ data: {} }),
    ];
    const sealing = (id: string) => ({ db: tenantDb(world.database.prisma, id), cipher: world.world.cipher });
    await ensureSlipKey(sealing(home.id));
    const put = async (communityId: string, signer: string) => {
      const code = newCode();
      const facts = { code, date: '2026-05-05', minutes: 55, digest: digestOf(code, 'Ana', 'Steps') };
      const token = signSlip(facts, signer, await ensureSlipKey(sealing(signer)));
      await world.database.prisma.slip.create({ data: { communityId, lookup: lookupOf(code), token: sealToken(code, token) } });
      return { code: writeCode(code), token };
    };
    const good = await put(home.id, home.id);
    const foreign = await put(home.id, other.id);
    for (const said of [good.code, good.token]) {
      const page = await fetch(`${url}/verify/${said}`);
      const text = await page.text();
      expect(page.status).toBe(200);
      expect(text).toContain('May 5, 2026');
      expect(text).toContain('55 minutes');
      expect(text).toContain('<title>This slip is valid. – Check a slip</title>');
      expect(text).toContain('<html lang="en">');
      // What was asked for stands there again, and is random.
      expect(text.replaceAll(said, '')).not.toMatch(/<script|Ana|Steps/u);
      expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
      expect(page.headers.get('x-robots-tag')).toContain('noindex');
      expect(page.headers.get('cache-control')).toContain('no-store');
    }
    expect((await fetch(`${url}/health`)).headers.get('content-security-policy')).toContain("form-action 'none'");
    const answers = await Promise.all(
      [writeCode(newCode()), foreign.code, foreign.token, '%3Cscript%3E'].map(async (said) => {
        const page = await fetch(`${url}/verify/${said}`);
        return `${page.status} ${await page.text()}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('This is no valid slip.');
    const claim = async (name: string) => {
      const body = new URLSearchParams({ code: good.code, name, group: 'steps' });
      const page = await fetch(`${url}/verify`, { method: 'POST', body, headers: { 'accept-language': 'es-MX,es;q=0.9' } });
      return page.text();
    };
    expect(await claim('ana')).toContain('Se hizo para este nombre y grupo.');
    expect(await claim('Ben')).toContain('Este comprobante no se hizo para este nombre');
    expect(await claim('Ben')).not.toContain('es válido');
    let status = 0;
    for (let i = 0; i <= CHECKS_A_MINUTE && status !== 429; i++) status = (await fetch(`${url}/verify/x`)).status;
    expect(status).toBe(429);
  } finally {
    await server.stop();
  }
});
