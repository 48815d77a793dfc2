"""Names of A32 and Thumb-2 instructions, so that a condition at a name's end is told from its letters."""

CONDITIONS = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "lo": "<",
    "cc": "<",
    "mi": "<",
    "le": "<=",
    "ls": "<=",
    "gt": ">",
    "hi": ">",
    "ge": ">=",
    "hs": ">=",
    "cs": ">=",
    "pl": ">=",
    "vs": "",
    "vc": "",
}
SIGNS = {
    "add": "+",
    "addw": "+",
    "sub": "-",
    "subw": "-",
    "and": "&",
    "orr": "|",
    "eor": "^",
    "lsl": "<<",
    "lsr": ">>",
    "asr": ">>",
    "mul": "*",
    "sdiv": "/",
    "udiv": "/",
    "adc": "+",
    "sbc": "-",
}
LOADS = {"ldrb": 1, "ldrsb": 1, "ldrh": 2, "ldrsh": 2, "ldrexb": 1, "ldrexh": 2, "ldrt": 4, "ldrbt": 1, "lda": 4}
STORES = {"strb": 1, "strh": 2, "strt": 4, "strbt": 1, "stl": 4}
FLOAT_MOVES = ("vmov", "vmov.f32", "vmov.f64")
QUIET = "nop it dmb dsb isb pld pli pldw yield sev wfe wfi bti clrex udf hint vmsr"
_OTHER = (
    "mov movs movw movt mvn mvns cmp cmn tst teq ldr str ldrd strd ldrex strex push pop vpush vpop ldm ldmia ldmdb "
    "ldmfd stm stmia stmdb stmfd b bl blx bx bxj tbb tbh adr nop bic bics rsb rsbs rsc rscs mla mlas mls umull umulls "
    "smull smulls umlal smlal umaal ubfx sbfx bfi bfc uxtb uxth sxtb sxth uxtab uxtah sxtab sxtah clz rev rev16 revsh "
    "rbit ror rors rrx orn orns svc dmb dsb isb pld cbz cbnz vmls vmla vcmp vcmpe vldr vstr vldm vldmia vldmdb vstm "
    "vstmia vstmdb vmov vmrs vmsr udf bkpt adcs sbcs muls smulbb smlabb usat ssat swp swpb mrs msr mrc mcr strexd "
    "ldrexd vabs vcls vneg smmul smmla smmls cpy hint cps clrex setend yield sev wfe wfi ldrsht ldrht strht vceq vcgt "
    "vcge vclt vcle vshl vqshl vmul vnmls vmull vmlal vmlsl vrecps vrsqrts vtbl vmvn vorr vand veor vbic vorn"
)
BASES = frozenset([*_OTHER.split(), *SIGNS, *(f"{name}s" for name in SIGNS), *LOADS, *STORES])
